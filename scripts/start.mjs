import { join } from 'node:path';
import { buildPages, installPackages } from './prepare.mjs';
import { projectNode, root, TELEMETRY_OFF } from './project.mjs';
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
  // A small young generation: pictures do not live in it, and it would keep 20 MB.
  const flags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=4'];
  return runInForeground(projectNode(), [...flags, main, 'start', ...process.argv.slice(2)], {
    cwd: root,
    env: {
      // Compiled code is kept, which halves the time to a companion that listens and saves 35 MB.
      NODE_COMPILE_CACHE: join(root, '.cache', 'node'),
      // glibc gives the memory of decoded pictures and of the loaded model back at once (60 MB), in huge pages so that
      // it costs 1 ms a picture instead of 4. Other systems ignore it.
      GLIBC_TUNABLES: 'glibc.malloc.arena_max=2:glibc.malloc.mmap_threshold=131072:glibc.malloc.hugetlb=1',
      ...process.env,
      ...TELEMETRY_OFF,
    },
  });
}

process.exitCode = await start();
