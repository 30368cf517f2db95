import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { canInstall, installPackagesOfDebian } from './apt.mjs';
import { BROWSERS, findBrowser } from './find-browser.mjs';
import { explainFailure } from './run-command.mjs';

/** A browser that could not be installed here; says what to install by hand. */
export class MissingBrowser extends Error {
  constructor(advice) {
    super('A browser for the tests is missing.');
    this.name = 'MissingBrowser';
    this.nextStep = advice.join(' ');
  }
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
    await installPackagesOfDebian(packages, options);
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
