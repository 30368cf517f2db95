/** A value and how many frames stand behind it. */
export interface Weighted {
  readonly logit: number;
  readonly frames: number;
}

/** Share cut off at each end by `trimmedMean`; at least one frame is. With a fifth, one frame of six still flipped one real clip of 23. */
const TRIM = 1 / 3;

/**
 * Mean of the log-odds without the highest and the lowest third, and at least without the highest and the lowest frame,
 * so that one frame alone never moves it out of the range of the others. Two frames or one: the one nearer to zero,
 * since so few show nothing.
 * @param values at least one
 */
export function trimmedMean(values: readonly Weighted[]): number {
  const sorted = values.toSorted((a, b) => a.logit - b.logit);
  const total = sorted.reduce((sum, { frames }) => sum + frames, 0);
  if (total < 3) {
    return sorted.reduce((best, { logit }) => (Math.abs(logit) < Math.abs(best) ? logit : best), sorted[0]?.logit ?? 0);
  }
  const cut = Math.max(1, Math.floor(TRIM * total));
  let sum = 0;
  let passed = 0;
  for (const { logit, frames } of sorted) {
    // The part of this value's frames that lies between the two cuts.
    const kept = Math.min(passed + frames, total - cut) - Math.max(passed, cut);
    if (kept > 0) sum += logit * kept;
    passed += frames;
  }
  return sum / (total - 2 * cut);
}
