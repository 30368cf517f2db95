import { join } from 'node:path';
import { handOver } from './hand-over.mjs';
import { buildPages, installPackages } from './prepare.mjs';
import { projectNode, root } from './project.mjs';
import { explainFailure } from './step.mjs';

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
  const flags = ['--disable-warning=ExperimentalWarning'];
  return handOver(projectNode(), [...flags, main, 'start', ...process.argv.slice(2)], {
    cwd: root,
    // Compiled code is kept, which halves the time to a companion that listens and saves 35 MB. glibc returns decoded
    // pictures to the system at once when its threshold is fixed (45 MB after eight full-HD pictures); others ignore it.
    env: { NODE_COMPILE_CACHE: join(root, '.cache', 'node'), MALLOC_MMAP_THRESHOLD_: '1000000', ...process.env },
  });
}

process.exitCode = await start();
