import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BrowserContext, chromium, type Page, type Worker } from 'playwright-core';
import { browserPath } from './browser-paths.ts';

/** Where the extension is built to. */
export const chromiumExtensionFolder = resolve(import.meta.dirname, '../../../extension/.output/chrome-mv3');

export interface ChromiumSession {
  readonly context: BrowserContext;
  readonly extensionId: string;
  worker(): Promise<Worker>;
  /** Ends the service worker as the browser does when it is idle; the next event starts it anew. */
  stopServiceWorker(): Promise<void>;
  close(): Promise<void>;
}

export interface ChromiumOptions {
  /** Ports whose pages count as public address space, where Chrome's Local Network Access rules apply. */
  readonly publicPorts: readonly number[];
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly locale?: string;
  /** File for Chromium's own log of every request, whoever makes it; complete once the browser has closed. */
  readonly netLog?: string;
  /** Manifest of a native messaging host that the profile knows. */
  readonly nativeHost?: string;
  /** False for a browser without the extension, to compare with. */
  readonly extension?: boolean;
  /** Leaves the page open that a new installation shows. */
  readonly welcome?: boolean;
  /** Public keys of certificates that are trusted whoever signed them: SHA-256, base64. */
  readonly trustedKeys?: readonly string[];
  /** Another build of the extension. */
  readonly extensionFolder?: string;
  /** Of the browser and of what it starts, in place of this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Chromium with the built extension and an empty profile. Host names under `.test` lead to loopback. */
export async function launchChromium(options: ChromiumOptions): Promise<ChromiumSession> {
  const profile = await mkdtemp(join(tmpdir(), 'touchstone-profile-'));
  const { extensionFolder = chromiumExtensionFolder, environment } = options;
  if (options.nativeHost) {
    const { name } = JSON.parse(options.nativeHost) as { name: string };
    await mkdir(join(profile, 'NativeMessagingHosts'));
    await writeFile(join(profile, 'NativeMessagingHosts', `${name}.json`), options.nativeHost);
  }
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserPath('chromium'),
    headless: false, // playwright's own headless mode loads no extensions; --headless=new does
    viewport: options.viewport ?? { width: 1280, height: 800 },
    colorScheme: options.colorScheme ?? 'light',
    ...(options.locale ? { locale: options.locale } : {}),
    ...(environment ? { env: environment } : {}),
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--host-resolver-rules=MAP *.test 127.0.0.1`,
      `--ip-address-space-overrides=${options.publicPorts.map((port) => `127.0.0.1:${port}=public`).join(',')}`,
      ...(options.extension === false
        ? []
        : [`--disable-extensions-except=${extensionFolder}`, `--load-extension=${extensionFolder}`]),
      ...(options.trustedKeys ? [`--ignore-certificate-errors-spki-list=${options.trustedKeys.join(',')}`] : []),
      ...(options.locale ? [`--lang=${options.locale}`] : []),
      ...(options.netLog ? [`--log-net-log=${options.netLog}`] : []),
    ],
  });
  const worker = async (): Promise<Worker> =>
    context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: 240_000 }));
  const extensionId = options.extension === false ? '' : new URL((await worker()).url()).host;
  if (options.extension !== false) {
    // Every profile is a new installation; what it shows is tested by itself.
    const isWelcome = (page: Page): boolean => page.url().endsWith('/welcome.html');
    const welcome = context.pages().find(isWelcome) ?? (await context.waitForEvent('page', isWelcome));
    if (options.welcome !== true) await welcome.close();
  }
  return {
    context,
    extensionId,
    worker,
    stopServiceWorker: async () => {
      const page = await context.newPage();
      const devtools = await context.newCDPSession(page);
      await devtools.send('ServiceWorker.enable');
      const stopped = (await worker()).evaluate(() => new Promise(() => undefined)).catch(() => undefined);
      await devtools.send('ServiceWorker.stopAllWorkers');
      await stopped;
      await page.close();
    },
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
