import { ExtensionSettings, type ExtensionSettingsPatch } from '@touchstone/shared';
import * as v from 'valibot';
import { browser } from 'wxt/browser';

const KEY = 'settings';

export interface SettingsStore {
  read(): Promise<ExtensionSettings>;
  /** @returns the settings after the change */
  change(patch: (current: ExtensionSettings) => ExtensionSettingsPatch): Promise<ExtensionSettings>;
}

/** The settings in `storage.local`; what cannot be read counts as never set. */
export function createSettingsStore(changed: () => void): SettingsStore {
  const parse = (stored: unknown): ExtensionSettings => {
    const parsed = v.safeParse(ExtensionSettings, stored ?? {});
    return parsed.success ? parsed.output : v.parse(ExtensionSettings, {});
  };
  const read = async () => parse((await browser.storage.local.get(KEY))[KEY]);
  let last: Promise<unknown> = Promise.resolve();
  return {
    read,
    change(patch) {
      // One after the other: two switches pressed at once must not undo each other.
      const next = last.then(async () => {
        const current = await read();
        const after = v.parse(ExtensionSettings, { ...current, ...patch(current) });
        await browser.storage.local.set({ [KEY]: after });
        changed();
        return after;
      });
      last = next.catch(() => undefined);
      return next;
    },
  };
}
