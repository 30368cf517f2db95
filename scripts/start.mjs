import { join } from 'node:path';
import { GLIBC_TUNABLES, NODE_FLAGS } from '../companion/src/workers/node-settings.mjs';
import { buildPages, installPackages } from './prepare.mjs';
import { COMPILE_CACHE, projectNode, root, TELEMETRY_OFF } from './project.mjs';
import { explainFailure } from './run-command.mjs';
import { runInForeground } from './run-in-foreground.mjs';

/** `npm start`: installs and builds what changed, then hands over to the companion on the project's own Node. */
async function start() {
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    await installPackages({ signal: interrupt.signal });
    await buildPages({ signal: interrupt.signal });
  } catch (error) {
    if (interrupt.signal.aborted) return 130;
    explainFailure(error);
    return 1;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
  const main = join(root, 'companion', 'src', 'cli', 'main.ts');
  return runInForeground(projectNode(), [...NODE_FLAGS, main, 'start', ...process.argv.slice(2)], {
    cwd: root,
    env: {
      // Compiled code is kept, which halves the time to a companion that listens and saves 35 MB.
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      GLIBC_TUNABLES,
      ...process.env,
      ...TELEMETRY_OFF,
    },
  });
}

process.exitCode = await start();
