import { MAX_OPEN_TRACKS } from '@touchstone/shared';

/** Tracks of all tabs together, as many as the companion takes of one browser. */
export interface TrackPlaces {
  /** @returns false where every place is taken */
  take(key: string): boolean;
  leave(key: string): void;
}

export function createTrackPlaces(limit: number = MAX_OPEN_TRACKS): TrackPlaces {
  const taken = new Set<string>();
  return {
    take(key) {
      if (!taken.has(key) && taken.size >= limit) return false;
      taken.add(key);
      return true;
    },
    leave: (key) => void taken.delete(key),
  };
}
