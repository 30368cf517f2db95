import { setTimeout as wait } from 'node:timers/promises';
import type { Pack } from '@touchstone/models';

/** Which packs work is being done with. */
export interface PackHolds {
  add(pack: Pack): void;
  remove(pack: Pack): void;
  /** @returns whether the last work with it ended within `limitMs` */
  ended(pack: Pack, limitMs: number): Promise<boolean>;
}

export function createPackHolds(): PackHolds {
  const counts = new Map<Pack, number>();
  const waiting = new Map<Pack, Set<() => void>>();
  return {
    add(pack) {
      counts.set(pack, (counts.get(pack) ?? 0) + 1);
    },
    remove(pack) {
      const left = (counts.get(pack) ?? 1) - 1;
      if (left > 0) counts.set(pack, left);
      else {
        counts.delete(pack);
        for (const tell of waiting.get(pack) ?? []) tell();
        waiting.delete(pack);
      }
    },
    async ended(pack, limitMs) {
      if (!counts.has(pack)) return true;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const tell = (): void => resolve(true);
      waiting.set(pack, (waiting.get(pack) ?? new Set()).add(tell));
      const over = new AbortController();
      const late = wait(limitMs, false, { signal: over.signal, ref: false }).catch(() => false);
      const done = await Promise.race([promise, late]);
      over.abort();
      waiting.get(pack)?.delete(tell);
      return done;
    },
  };
}
