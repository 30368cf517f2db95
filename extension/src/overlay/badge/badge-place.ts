import type { Anchor } from '../place/anchor.ts';
import { BADGE_CORNERS, type BadgeCorner, type Box, badgeSpot, isOverlapping, type Size } from '../place/geometry.ts';

/** Where on its picture a badge stands. */
export interface BadgePlace {
  readonly corner: BadgeCorner;
  /** How far it is moved towards the middle, as a share of the picture's sides. */
  readonly inward: number;
}

/** Corners of turned, round and clipped pictures are empty: the badge goes as far in as it must. */
const INWARD = [0, 0.12, 0.24, 0.36] as const;

const opposite = { top: 'bottom', bottom: 'top', start: 'end', end: 'start' } as const;

/** The corner a person chose, then the other one of its edge, then those across. */
function cornersFrom(preferred: BadgeCorner): readonly BadgeCorner[] {
  const [edge, side] = preferred.split('-') as [keyof typeof opposite, keyof typeof opposite];
  const order = [preferred, `${edge}-${opposite[side]}`, `${opposite[edge]}-${side}`];
  return BADGE_CORNERS.toSorted((a, b) => rank(order, a) - rank(order, b));
}

function rank(order: readonly string[], corner: string): number {
  const at = order.indexOf(corner);
  return at < 0 ? order.length : at;
}

interface Question {
  readonly anchor: Pick<Anchor, 'ground'>;
  /** The visible part of the picture. */
  readonly visible: Box;
  readonly badge: Size;
  readonly corner: BadgeCorner;
  readonly direction: 'ltr' | 'rtl';
  /** Badges that stand already. */
  readonly others: readonly Box[];
}

/** @returns the best place of a badge on its picture, or undefined where the picture is seen at none of them */
export function findPlace({ anchor, visible, badge, corner, direction, others }: Question): BadgePlace | undefined {
  let second: BadgePlace | undefined;
  for (const inward of INWARD)
    for (const candidate of cornersFrom(corner)) {
      const box = { ...badgeSpot(visible, badge, candidate, direction, inward), ...badge };
      const ground = anchor.ground(box);
      if (ground === 'taken') continue;
      const place = { corner: candidate, inward };
      if (ground === 'free' && !others.some((other) => isOverlapping(box, other))) return place;
      // Better over a word of the page than not at all.
      second ??= place;
    }
  return second;
}
