import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import { browserPath } from './browser-paths.ts';

const extensionFolder = resolve(import.meta.dirname, '../../../extension/.output/firefox-mv3');
const EXTENSION_ID = 'touchstone@touchstone.local';

export interface FirefoxSession {
  readonly browser: Browser;
  /** Root of the extension's own pages. */
  readonly extensionUrl: string;
  close(): Promise<void>;
}

/** Firefox with the built extension. Its origin is random per install, so the tests fix it by preference. */
export async function launchFirefox(): Promise<FirefoxSession> {
  const profile = await mkdtemp(join(tmpdir(), 'touchstone-firefox-'));
  const uuid = randomUUID();
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: browserPath('firefox'),
    headless: true,
    // Extension pages are out of a driver's reach without this.
    args: ['-remote-allow-system-access'],
    userDataDir: profile,
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [EXTENSION_ID]: uuid }),
      'network.dns.localDomains': 'site.test,cdn.test',
      'app.update.enabled': false,
      'datareporting.policy.dataSubmissionEnabled': false,
    },
  });
  const before = browser.targets();
  await browser.installExtension(extensionFolder);
  // The page that a new installation shows, which this driver can neither name nor close: only that it is there, so that it comes
  // before no page of a test later.
  await browser.waitForTarget((target) => target.type() === 'page' && !before.includes(target), { timeout: 240_000 });
  return {
    browser,
    extensionUrl: `moz-extension://${uuid}`,
    close: async () => {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
