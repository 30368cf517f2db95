import { type Explanation, type Leaning, PLACES } from '@touchstone/shared';
import { type Cell, divide, meanOver } from './cells.ts';

/** Places named at most: more are no help. */
const MAX_REGIONS = 3;

/** A place is named when it is at least this strong, beside the strongest. */
const NAMED_FROM = 0.6;

/** When as many of the nine places are that strong, the evidence lies everywhere, and naming three would mislead. */
const EVERYWHERE_FROM = 6;

/** Nothing is named when what speaks for the verdict is this weak, beside what speaks against it: that is noise. */
const NOISE_BELOW = 0.15;

/**
 * The places of a picture where the evidence for its verdict is strongest, in words. Without a side it asks what speaks for AI.
 * @returns strongest first, with weight 1; empty when nothing speaks for the verdict or it is spread evenly
 */
export function regionsOf(cells: readonly Cell[], side: Leaning): Explanation['regions'] {
  const sign = side === 'authentic' ? -1 : 1;
  const inFavour = cells.map((cell) => ({ ...cell, value: Math.max(0, sign * cell.value) }));
  const opposed = Math.max(...cells.map(({ value }) => -sign * value));
  const places = divide({ left: 0, top: 0, right: 1, bottom: 1 }, 3, 3).map((area, index) => ({
    place: PLACES[index] ?? 'centre',
    value: meanOver(area, inFavour),
  }));
  const strongest = Math.max(...places.map(({ value }) => value));
  if (strongest <= 0 || strongest < NOISE_BELOW * opposed) return [];
  const strong = places
    .map(({ place, value }) => ({ place, weight: value / strongest }))
    .filter(({ weight }) => weight >= NAMED_FROM)
    .toSorted((a, b) => b.weight - a.weight);
  return strong.length >= EVERYWHERE_FROM ? [] : strong.slice(0, MAX_REGIONS);
}
