import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import { browserPath } from './browser-paths.ts';
import { chromiumExtensionFolder } from './chromium.ts';

export interface TabbedChromium {
  readonly browser: Browser;
  /** Root of the extension's own pages. */
  readonly extensionUrl: string;
  close(): Promise<void>;
}

/**
 * Chromium with the built extension, where a tab behind another one is hidden as it is for people: the other driver
 * keeps every tab in front.
 */
export async function launchTabbedChromium(publicPorts: readonly number[]): Promise<TabbedChromium> {
  const profile = await mkdtemp(join(tmpdir(), 'touchstone-tabs-'));
  const browser = await puppeteer.launch({
    executablePath: browserPath('chromium'),
    headless: true,
    userDataDir: profile,
    enableExtensions: [chromiumExtensionFolder],
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--host-resolver-rules=MAP *.test 127.0.0.1',
      `--ip-address-space-overrides=${publicPorts.map((port) => `127.0.0.1:${port}=public`).join(',')}`,
    ],
  });
  const worker = await browser.waitForTarget((target) => target.type() === 'service_worker', { timeout: 240_000 });
  // Every profile is a new installation; what it shows is tested by itself.
  const welcome = await browser.waitForTarget((target) => target.url().endsWith('/welcome.html'), { timeout: 240_000 });
  await (await welcome.page())?.close();
  return {
    browser,
    extensionUrl: `chrome-extension://${new URL(worker.url()).host}`,
    close: async () => {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
