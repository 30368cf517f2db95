import type { StoredMoment } from './moment-store.ts';

/** Second opinions a shot needs before they count: with three, one bad one is outvoted. */
const NEEDED = 3;
/** Second opinions of one shot after which nothing more is learnt. */
export const ENOUGH = 6;

/**
 * Moves the moments of a shot by what second opinions found there. A pack's error is nearly the same for all frames of one
 * shot (half a unit of log-odds within a clip, two and more between clips; models/evaluation/video.md), so a few frames
 * judged by a better pack tell it for all. A moment with an opinion of its own keeps it.
 * @param moments of one shot
 */
export function corrected(moments: readonly StoredMoment[]): readonly StoredMoment[] {
  const errors = moments.flatMap(({ logit, second }) => (second === undefined ? [] : [second - logit]));
  if (errors.length < NEEDED) return moments;
  const shift = median(errors);
  return moments.map((moment) => ({ ...moment, logit: moment.second ?? moment.logit + shift }));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
