import { type Box, intersection } from '../place/geometry.ts';

/** What is compared of two entries. */
interface Shown {
  readonly address: string | undefined;
  readonly box: Box | undefined;
}

/** So much of the smaller of two pictures lies over the other when a page shows one picture by two elements. */
const TWIN_SHARE = 0.8;

const area = ({ width, height }: Box): number => width * height;

/**
 * Pages show one picture by two elements: a background under a transparent `<img>`, a sharp copy on a blurred one.
 * @returns whether two entries are about the same picture in the same place
 */
export function areTwins(one: Shown, other: Shown): boolean {
  if (one.address === undefined || one.address !== other.address || !one.box || !other.box) return false;
  return area(intersection(one.box, other.box)) >= TWIN_SHARE * Math.min(area(one.box), area(other.box));
}

/**
 * Entries that are about the same picture in the same place, in the order in which they should stand for all of them.
 * @param first the entry that stands in any case: the one whose card is open
 * @returns groups in the order of their first entries, also those of one; in each the smaller one, which is the sharp one, goes
 * first, and of equals the one that came first
 */
export function twinGroups<Entry extends Shown>(entries: readonly Entry[], first: Entry | undefined): Entry[][] {
  const size = ({ box }: Entry): number => (box ? Math.round(area(box)) : Number.POSITIVE_INFINITY);
  const grouped = new Set<Entry>();
  const groups: Entry[][] = [];
  for (const entry of entries) {
    if (grouped.has(entry)) continue;
    const group = entries.filter((other) => other === entry || (!grouped.has(other) && areTwins(entry, other)));
    for (const one of group) grouped.add(one);
    groups.push(group.sort((a, b) => Number(b === first) - Number(a === first) || size(a) - size(b)));
  }
  return groups;
}
