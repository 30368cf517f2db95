import type { Checks } from '../checks/run-check.ts';
import type { Companion } from './companion.ts';

export interface ConnectionWatch {
  /** The companion's state changed. */
  changed(): void;
}

/** @param shown has toolbar and frames told what changed */
export function watchConnection(
  companion: () => Pick<Companion, 'state'>,
  checks: () => Pick<Checks, 'forget'>,
  shown: () => void,
): ConnectionWatch {
  let packs = '';
  const look = () => {
    const { status } = companion().state;
    if (status) {
      const now = status.packs.map(({ sha256 }) => sha256).join();
      // What other packs said of a picture is not what these say.
      if (packs !== '' && packs !== now) checks().forget();
      packs = now;
    }
    shown();
  };
  return {
    // The first change comes while the companion is being made.
    changed: () => queueMicrotask(look),
  };
}
