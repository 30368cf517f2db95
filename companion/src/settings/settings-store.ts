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

/** Opens settings.json of a data folder. */
export async function openSettings(folder: string, onWarning: (message: string) => void): Promise<SettingsStore> {
  const store = await openJsonStore({
    path: join(folder, 'settings.json'),
    schema: CompanionSettings,
    empty: v.parse(CompanionSettings, {}),
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
