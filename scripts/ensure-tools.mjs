import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { canInstall, installPackagesOfDebian } from './apt.mjs';
import { explainFailure } from './run-command.mjs';

const hasStrace = () => spawnSync('strace', ['--version'], { stdio: 'ignore' }).status === 0;

/**
 * Finds strace, under which the network tests watch every system call, or installs it where that needs no question.
 * @returns {Promise<string | undefined>} why nothing can be watched here; undefined where strace is installed
 */
export async function ensureTools(options = {}) {
  if (process.platform !== 'linux') return 'What leaves the computer is only watched on Linux, where strace exists.';
  if (!hasStrace() && canInstall()) await installPackagesOfDebian(['strace'], options);
  return hasStrace() ? undefined : 'What leaves the computer is not watched: install strace for these tests.';
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    console.log((await ensureTools()) ?? 'strace is installed.');
  } catch (error) {
    explainFailure(error);
    process.exitCode = 1;
  }
}
