import { join } from 'node:path';
import { CHROMIUM_IDS, FIREFOX_ID, NATIVE_HOST } from '@touchstone/shared';

export const BROWSERS = ['chrome', 'chromium', 'edge', 'firefox'] as const;
export type BrowserName = (typeof BROWSERS)[number];

/** Folders of one person's hosts, below the home folder. */
const FOLDERS: Readonly<Partial<Record<NodeJS.Platform, Readonly<Record<BrowserName, string>>>>> = {
  linux: {
    chrome: '.config/google-chrome/NativeMessagingHosts',
    chromium: '.config/chromium/NativeMessagingHosts',
    edge: '.config/microsoft-edge/NativeMessagingHosts',
    firefox: '.mozilla/native-messaging-hosts',
  },
  darwin: {
    chrome: 'Library/Application Support/Google/Chrome/NativeMessagingHosts',
    chromium: 'Library/Application Support/Chromium/NativeMessagingHosts',
    edge: 'Library/Application Support/Microsoft Edge/NativeMessagingHosts',
    firefox: 'Library/Application Support/Mozilla/NativeMessagingHosts',
  },
};

/** Keys of the registry below HKCU, where Windows has no folders. */
const KEYS: Readonly<Record<BrowserName, string>> = {
  chrome: 'Software\\Google\\Chrome\\NativeMessagingHosts',
  chromium: 'Software\\Chromium\\NativeMessagingHosts',
  edge: 'Software\\Microsoft\\Edge\\NativeMessagingHosts',
  firefox: 'Software\\Mozilla\\NativeMessagingHosts',
};

export interface HostPlace {
  readonly browser: BrowserName;
  /** Absolute path of the manifest. */
  readonly file: string;
  /** Registry key that names the file; on Windows alone. */
  readonly key?: string;
}

/** Where each browser looks for the host of one person. @returns none on a platform without known browsers */
export function hostPlaces(platform: NodeJS.Platform, home: string, dataFolder: string): HostPlace[] {
  return BROWSERS.flatMap((browser) => {
    if (platform === 'win32') {
      const file = join(dataFolder, 'native-host', `${browser}.json`);
      return { browser, file, key: `HKCU\\${KEYS[browser]}\\${NATIVE_HOST}` };
    }
    const folder = FOLDERS[platform]?.[browser];
    return folder === undefined ? [] : { browser, file: join(home, folder, `${NATIVE_HOST}.json`) };
  });
}

/** Where browsers of Linux look for hosts of every user: packages put theirs there. */
const SYSTEM_FOLDERS: Readonly<Record<BrowserName, string>> = {
  chrome: '/etc/opt/chrome/native-messaging-hosts',
  chromium: '/etc/chromium/native-messaging-hosts',
  edge: '/etc/opt/edge/native-messaging-hosts',
  firefox: '/usr/lib/mozilla/native-messaging-hosts',
};

/** @returns none but on Linux, the only system whose package installs for every user */
export function systemHostPlaces(platform: NodeJS.Platform): HostPlace[] {
  if (platform !== 'linux') return [];
  return BROWSERS.map((browser) => ({ browser, file: join(SYSTEM_FOLDERS[browser], `${NATIVE_HOST}.json`) }));
}

/** What a browser reads: which program, and for whose messages alone. @param program absolute path */
export function hostManifest(browser: BrowserName, program: string): object {
  return {
    name: NATIVE_HOST,
    description: 'Starts Touchstone and pairs the browser with it',
    path: program,
    type: 'stdio',
    ...(browser === 'firefox'
      ? { allowed_extensions: [FIREFOX_ID] }
      : { allowed_origins: CHROMIUM_IDS.map((id) => `chrome-extension://${id}/`) }),
  };
}
