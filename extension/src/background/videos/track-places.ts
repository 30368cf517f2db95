import { MAX_OPEN_TRACKS } from '@touchstone/shared';

/** Who takes one of the places. */
export interface PlaceHolder {
  readonly key: string;
  readonly tabId: number;
  /** A person asked for this video. */
  readonly asked: boolean;
  /** The place is given to another video: the track is to be closed. */
  evicted(): void;
}

/** Tracks of all tabs together, as many as the companion takes of one browser, shared fairly among the tabs. */
export interface TrackPlaces {
  /** @returns false where every place is taken by one that has the same right to it */
  take(holder: PlaceHolder): boolean;
  /** A frame of it came. */
  used(key: string): void;
  leave(key: string): void;
}

/** Places of one tab, all its frames together: some are left for what a person opens next. */
export const TAB_PLACES = 12;
/** A video without a new frame for so long stands still or is out of sight, in milliseconds; the slowest rate is 2 s. */
const IDLE_MS = 5_000;

interface Held extends PlaceHolder {
  usedAt: number;
}

/** @param now clock in milliseconds */
export function createTrackPlaces(limit: number = MAX_OPEN_TRACKS, now: () => number = Date.now): TrackPlaces {
  /** In the order in which they came. */
  const held = new Map<string, Held>();

  const of = (tabId: number): Held[] => [...held.values()].filter((one) => one.tabId === tabId);
  /** What a person did not ask for goes first, then what stood still longest. */
  const longestIdle = (among: readonly Held[]): Held | undefined =>
    among
      .filter(({ usedAt }) => now() - usedAt > IDLE_MS)
      .sort((a, b) => Number(a.asked) - Number(b.asked) || a.usedAt - b.usedAt)[0];
  /** A page opens its largest videos first: the last one that nobody asked for matters least. */
  const leastOf = (among: readonly Held[]): Held | undefined => among.findLast(({ asked }) => !asked);

  /** The tab with the most places, where it has more than its share. @param tabId of one that has less than its own */
  const tooLarge = (tabId: number): Held[] => {
    const tabs = new Set([tabId, ...[...held.values()].map((one) => one.tabId)]);
    const share = Math.floor(limit / tabs.size);
    if (of(tabId).length >= share) return [];
    const [largest = []] = [...tabs].map(of).sort((a, b) => b.length - a.length);
    return largest.length > share ? largest : [];
  };
  /** Who makes way for a newcomer. */
  const yielding = ({ tabId, asked }: PlaceHolder): Held | undefined => {
    const own = of(tabId);
    if (own.length >= Math.min(TAB_PLACES, limit)) return longestIdle(own) ?? (asked ? leastOf(own) : undefined);
    const all = [...held.values()];
    return longestIdle(all) ?? leastOf(tooLarge(tabId)) ?? (asked ? (leastOf(own) ?? leastOf(all)) : undefined);
  };

  return {
    take(holder) {
      const known = held.get(holder.key);
      if (!known && (held.size >= limit || of(holder.tabId).length >= TAB_PLACES)) {
        const leaving = yielding(holder);
        if (!leaving) return false;
        held.delete(leaving.key);
        leaving.evicted();
      }
      held.set(holder.key, { ...holder, usedAt: now() });
      return true;
    },
    used(key) {
      const known = held.get(key);
      if (known) known.usedAt = now();
    },
    leave: (key) => void held.delete(key),
  };
}
