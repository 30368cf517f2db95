import { existsSync } from 'node:fs';

const CANDIDATES = {
  chromium: [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ],
  firefox: [
    process.env.FIREFOX_PATH,
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ],
} as const;

/** @throws Error that names what to install */
export function browserPath(name: keyof typeof CANDIDATES): string {
  const found = CANDIDATES[name].find((path) => path !== undefined && existsSync(path));
  if (!found)
    throw new Error(`No ${name} found. Run "node scripts/ensure-browsers.mjs" or set ${name.toUpperCase()}_PATH.`);
  return found;
}
