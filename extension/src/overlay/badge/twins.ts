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
 * Which of some entries stand for others.
 * @param first the entry that stands in any case: the one whose card is open
 * @returns those that another one stands for: the smaller one is the sharp one, of equals the first
 */
export function hiddenTwins<Entry extends Shown>(entries: readonly Entry[], first: Entry | undefined): Set<Entry> {
  const size = ({ box }: Entry): number => (box ? Math.round(area(box)) : Number.POSITIVE_INFINITY);
  const inOrder = entries.toSorted((a, b) => Number(b === first) - Number(a === first) || size(a) - size(b));
  const shown: Entry[] = [];
  const hidden = new Set<Entry>();
  for (const entry of inOrder)
    if (shown.some((other) => areTwins(entry, other))) hidden.add(entry);
    else shown.push(entry);
  return hidden;
}
