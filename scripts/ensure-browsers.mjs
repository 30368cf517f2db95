import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { BROWSERS, findBrowser } from './find-browser.mjs';
import { explainFailure, runStep } from './step.mjs';

/** A browser that could not be installed here; says what to install by hand. */
export class MissingBrowser extends Error {
  constructor(advice) {
    super('A browser for the tests is missing.');
    this.name = 'MissingBrowser';
    this.nextStep = advice.join(' ');
  }
}

/** Whether packages can be installed here without asking: Debian's tools, as root. */
function canInstall() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  return /debian|ubuntu/i.test(readFileSync('/etc/os-release', 'utf8'));
}

function aptGet(args) {
  return { command: 'env', args: ['DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args] };
}

/**
 * Finds the browsers of the browser tests, or installs the missing ones where that needs no question.
 * @returns {Promise<{ CHROMIUM_PATH: string, FIREFOX_PATH: string }>} for the tests' environment
 * @throws {MissingBrowser}
 */
export async function ensureBrowsers(options = {}) {
  const missing = Object.values(BROWSERS).filter((browser) => !findBrowser(browser));
  if (missing.length > 0 && canInstall()) {
    const packages = missing.map((browser) => browser.packageName);
    const where = { cwd: tmpdir(), ...options };
    await runStep('Reading the package lists', aptGet(['update', '-q']), where);
    const install = aptGet(['install', '-y', '-q', '--no-install-recommends', ...packages]);
    await runStep(`Installing ${packages.join(' and ')}`, install, where);
  }
  const found = {};
  const advice = [];
  for (const browser of Object.values(BROWSERS)) {
    const path = findBrowser(browser);
    if (path) found[browser.variable] = path;
    else advice.push(browser.advice);
  }
  if (advice.length > 0) throw new MissingBrowser(advice);
  return found;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    for (const [variable, path] of Object.entries(await ensureBrowsers())) console.log(`${variable}=${path}`);
  } catch (error) {
    explainFailure(error);
    process.exitCode = 1;
  }
}
