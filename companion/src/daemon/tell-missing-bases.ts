import { ERROR_KINDS } from '@touchstone/shared';
import type { Notices } from '../notices/notices.ts';
import type { PackControl } from '../packs/pack-control.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

interface Rooms {
  readonly settings: Pick<SettingsStore, 'current' | 'subscribe'>;
  readonly control: Pick<PackControl, 'stateOf'>;
  readonly notices: Notices;
}

const KEYS = ['quickPack', 'thoroughPack'] as const;

/**
 * Says, as long as it lasts, that a chosen pack waits for the version that it was taught on: an update brought another one, which
 * judges meanwhile.
 */
export function tellMissingBases({ settings, control, notices }: Rooms, signal: AbortSignal): void {
  const tell = (): void => {
    for (const key of KEYS) {
      const chosen = settings.current()[key];
      const text = `${chosen}: ${ERROR_KINDS['base-missing'].message}`;
      if (chosen !== null && control.stateOf(chosen) === 'base-missing') notices.raise('base-missing', key, text);
      else notices.clear(key, 'base-missing');
    }
  };
  tell();
  settings.subscribe(tell, signal);
}
