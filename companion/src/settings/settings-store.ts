import { join } from 'node:path';
import { CompanionSettings, type SettingsPatch } from '@touchstone/shared';
import * as v from 'valibot';
import { openJsonStore } from './json-store.ts';

export interface SettingsStore {
  /** The settings as they are now. */
  current(): CompanionSettings;
  /** Takes effect at once; resolves when the change is on the disk. */
  update(patch: SettingsPatch): Promise<CompanionSettings>;
  /** Calls `listener` after each change until `signal` aborts. */
  subscribe(listener: (settings: CompanionSettings) => void, signal: AbortSignal): void;
}

/** Nothing is recorded and nothing deleted until the person chooses again: the damaged file may have said so. */
export const STRICTEST_SETTINGS: CompanionSettings = {
  ...v.parse(CompanionSettings, {}),
  recordingPaused: true,
  keepThumbnails: false,
  keepOriginals: false,
};

/**
 * Opens settings.json of a data folder. A damaged one pauses recording, also at the next start.
 * @throws TouchstoneError `folder-unusable`
 */
export async function openSettings(folder: string, onWarning: (message: string) => void): Promise<SettingsStore> {
  const store = await openJsonStore({
    path: join(folder, 'settings.json'),
    schema: CompanionSettings,
    empty: v.parse(CompanionSettings, {}),
    afterDamage: STRICTEST_SETTINGS,
    damageWords: 'Recording is paused and no picture is kept until you choose again on the history page.',
    onWarning,
  });
  const listeners = new Set<(settings: CompanionSettings) => void>();
  return {
    current: () => store.data,
    async update(patch) {
      store.data = v.parse(CompanionSettings, { ...store.data, ...patch });
      for (const listener of listeners) listener(store.data);
      await store.write();
      return store.data;
    },
    subscribe(listener, signal) {
      if (signal.aborted) return;
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener), { once: true });
    },
  };
}
