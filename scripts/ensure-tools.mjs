import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { canInstall, installPackagesOfDebian } from './apt.mjs';
import { ensurePromtool } from './promtool.mjs';
import { explainFailure } from './run-command.mjs';

const hasStrace = () => spawnSync('strace', ['--version'], { stdio: 'ignore' }).status === 0;

/** Finds strace, under which the network tests watch every system call, or installs it where that needs no question. */
async function ensureStrace(options) {
  if (process.platform !== 'linux') return 'What leaves the computer is only watched on Linux, where strace exists.';
  if (!hasStrace() && canInstall()) await installPackagesOfDebian(['strace'], options);
  return hasStrace() ? undefined : 'What leaves the computer is not watched: install strace for these tests.';
}

/**
 * Finds the tools that some tests look through, or fetches them where that needs no question: strace and promtool.
 * @returns {Promise<string | undefined>} what cannot be tested here; undefined where all are there
 */
export async function ensureTools(options = {}) {
  const missing = [await ensureStrace(options), await ensurePromtool(options)].filter((why) => why !== undefined);
  return missing.length > 0 ? missing.join('\n') : undefined;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    console.log((await ensureTools()) ?? 'strace and promtool are there.');
  } catch (error) {
    explainFailure(error);
    process.exitCode = 1;
  }
}
