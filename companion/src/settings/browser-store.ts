import { join } from 'node:path';
import { FiniteNumber } from '@touchstone/shared';
import * as v from 'valibot';
import { openJsonStore } from './json-store.ts';

const StoredBrowser = v.object({
  id: v.string(),
  name: v.string(),
  /** Origin of the extension, pinned when it paired. */
  origin: v.string(),
  /** 32 bytes, base64url. */
  secret: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
  pairedAt: FiniteNumber,
  lastSeenAt: v.nullable(FiniteNumber),
});
export type StoredBrowser = v.InferOutput<typeof StoredBrowser>;

export const BrowsersFile = v.object({ browsers: v.array(StoredBrowser) });

/** Paired browsers kept at most; the one that was seen longest ago makes room. */
export const MAX_BROWSERS = 100;

export interface BrowserStore {
  list(): readonly StoredBrowser[];
  find(id: string): StoredBrowser | undefined;
  /** Resolves when the browser is on the disk: only then may it be told that it is paired. */
  add(browser: StoredBrowser): Promise<void>;
  /** Notes that the browser connected. */
  seen(id: string, at: number): Promise<void>;
  /** Takes effect at once. @returns false where there was none */
  remove(id: string): Promise<boolean>;
  /** Resolves when every change made so far is on the disk, or could not be written. */
  settled(): Promise<void>;
}

function lastSign(browser: StoredBrowser): number {
  return browser.lastSeenAt ?? browser.pairedAt;
}

/** Opens browsers.json of a data folder. @throws TouchstoneError `folder-unusable` */
export async function openBrowsers(folder: string, onWarning: (message: string) => void): Promise<BrowserStore> {
  const store = await openJsonStore({
    path: join(folder, 'browsers.json'),
    schema: BrowsersFile,
    empty: { browsers: [] },
    afterDamage: { browsers: [] },
    damageWords: 'No browser is paired now; pair yours again.',
    onWarning,
  });
  let lastWrite: Promise<void> = Promise.resolve();

  function save(): Promise<void> {
    lastWrite = store.write();
    return lastWrite;
  }

  return {
    list: () => store.data.browsers,
    find: (id) => store.data.browsers.find((browser) => browser.id === id),
    async add(browser) {
      const kept = store.data.browsers.toSorted((a, b) => lastSign(b) - lastSign(a)).slice(0, MAX_BROWSERS - 1);
      store.data.browsers = [...kept, browser];
      await save();
    },
    async seen(id, at) {
      store.data.browsers = store.data.browsers.map((known) =>
        known.id === id ? { ...known, lastSeenAt: at } : known,
      );
      await save();
    },
    async remove(id) {
      const kept = store.data.browsers.filter((browser) => browser.id !== id);
      if (kept.length === store.data.browsers.length) return false;
      store.data.browsers = kept;
      await save();
      return true;
    },
    settled: () => lastWrite.catch(() => {}),
  };
}
