import type { HeldEntry } from '../entry.ts';
import { type BadgeCorner, type Box, badgeSpot, type Size } from '../place/geometry.ts';
import type { LayoutCause } from '../place/layout-loop.ts';
import { findPlace } from './badge-place.ts';

interface Settings {
  readonly corner: BadgeCorner;
  readonly direction: 'ltr' | 'rtl';
}

/** Places the badges of one layout. */
interface Placing {
  /** @param others badges that stand already @returns where its badge goes; undefined where it stands nowhere, or nowhere yet */
  spot(entry: HeldEntry, visible: Box, size: Size, others: readonly Box[]): Box | undefined;
  /** Time was up before all had been looked at. */
  isUnfinished(): boolean;
}

/** Knows what of its picture each badge stands on, and when that has to be looked at again. */
export interface BadgeGround {
  begin(cause: LayoutCause, settings: Settings): Placing;
  forget(entry: HeldEntry): void;
  /** Something happened in the page. */
  stirred(): void;
  /** The page, or a part of it, was scrolled: what stays behind may lie over a badge now. */
  scrolled(): void;
}

/** Looked at again after so long in any case: a page can lay something over a picture without any event. */
const AGAIN_AFTER_MS = 1_500;
/** Longest look of one layout, in milliseconds: one hit test costs a tenth of one on a long page. */
const LOOK_MS = 5;

interface Looked {
  /** By `performance.now`, when every place was looked at. */
  readonly at: number;
  readonly stirs: number;
  readonly scrolls: number;
  readonly width: number;
  readonly visible: Box;
}

const isSame = (one: Box, other: Box): boolean =>
  one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;

export function createBadgeGround(now: () => number = () => performance.now()): BadgeGround {
  const looked = new WeakMap<HeldEntry, Looked>();
  let [stirs, scrolls] = [0, 0];

  /** How much of a badge's ground has to be looked at. */
  const due = (
    entry: HeldEntry,
    visible: Box,
    size: Size,
    cause: LayoutCause,
    at: number,
  ): 'all' | 'middle' | 'none' => {
    const before = looked.get(entry);
    if (entry.place === 'unknown' || !before) return 'all';
    if (cause !== 'settled') return 'none';
    if (before.stirs !== stirs || before.width !== size.width || at - before.at >= AGAIN_AFTER_MS) return 'all';
    return before.scrolls !== scrolls || !isSame(before.visible, visible) ? 'middle' : 'none';
  };

  return {
    begin(cause, { corner, direction }) {
      const began = now();
      let unfinished = false;
      const boxAt = (entry: HeldEntry, visible: Box, size: Size): Box | undefined =>
        typeof entry.place === 'object'
          ? { ...badgeSpot(visible, size, entry.place.corner, direction, entry.place.inward), ...size }
          : undefined;
      const look = (entry: HeldEntry, visible: Box, size: Size, others: readonly Box[]) => {
        const what = due(entry, visible, size, cause, began);
        if (what === 'none') return;
        if (now() - began > LOOK_MS) {
          unfinished = true;
          return;
        }
        const before = looked.get(entry);
        const stands = { stirs, scrolls, width: size.width, visible };
        // Where it stands best already, and nothing lies over its middle, it stays.
        const isBest = typeof entry.place === 'object' && entry.place.corner === corner && entry.place.inward === 0;
        const box = boxAt(entry, visible, size);
        if (what === 'middle' && before && isBest && box && entry.anchor.ground(box, true) === 'free') {
          looked.set(entry, { ...stands, at: before.at });
          return;
        }
        entry.place = findPlace({ anchor: entry.anchor, visible, badge: size, corner, direction, others }) ?? 'none';
        looked.set(entry, { ...stands, at: began });
      };
      return {
        spot(entry, visible, size, others) {
          look(entry, visible, size, others);
          return boxAt(entry, visible, size);
        },
        isUnfinished: () => unfinished,
      };
    },
    forget: (entry) => void looked.delete(entry),
    stirred() {
      stirs += 1;
    },
    scrolled() {
      scrolls += 1;
    },
  };
}
