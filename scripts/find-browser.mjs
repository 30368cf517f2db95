import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Browsers the browser tests need: names on the PATH, usual places off it, and the Debian package. */
export const BROWSERS = {
  chromium: {
    variable: 'CHROMIUM_PATH',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
    places: [
      '/usr/bin/chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    ],
    packageName: 'chromium',
    advice: 'Install Chromium or Google Chrome, or set CHROMIUM_PATH to its program file.',
  },
  firefox: {
    variable: 'FIREFOX_PATH',
    names: ['firefox-esr', 'firefox'],
    places: [
      '/usr/bin/firefox-esr',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
    ],
    packageName: 'firefox-esr',
    advice: 'Install Firefox, or set FIREFOX_PATH to its program file.',
  },
};

/** Ubuntu's packages of these names only tell to install a snap, so the file alone proves nothing. */
function answers(path) {
  if (process.platform !== 'linux') return true;
  return spawnSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0;
}

/**
 * Finds an installed browser.
 * @param {{ variable: string, names: readonly string[], places: readonly string[] }} browser
 * @param {(path: string) => boolean} works
 * @returns {string | undefined} path of its program file
 */
export function findBrowser(browser, environment = process.env, works = answers) {
  const named = environment[browser.variable];
  if (named) return existsSync(named) ? named : undefined;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const onPath = (environment.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => browser.names.map((name) => join(folder, name + suffix)));
  // The order of names counts more than the order of folders, so that a full Chromium comes before a wrapper.
  const byName = browser.names.flatMap((name) => onPath.filter((path) => path.endsWith(name + suffix)));
  return [...byName, ...browser.places].find((path) => existsSync(path) && works(path));
}
