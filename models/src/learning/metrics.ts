import { softplus } from './logistic-regression.ts';

export interface Judged {
  /** True for pictures made by a generator. */
  readonly fake: boolean;
  /** Calibrated probability that it is, 0..1. */
  readonly probability: number;
}

/** Area under the ROC curve by ranks, ties counted half (Mann-Whitney). @returns 0..1, NaN without both classes */
export function areaUnderRoc(rows: readonly Judged[]): number {
  const sorted = rows.toSorted((a, b) => a.probability - b.probability);
  let rankSum = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && sorted[end]?.probability === sorted[start]?.probability) end += 1;
    const rank = (start + 1 + end) / 2;
    for (let i = start; i < end; i += 1) if (sorted[i]?.fake) rankSum += rank;
    start = end;
  }
  const fakes = rows.filter(({ fake }) => fake).length;
  const reals = rows.length - fakes;
  return (rankSum - (fakes * (fakes + 1)) / 2) / (fakes * reals);
}

/** Share of `rows` of a class whose probability lies above the threshold. */
export function shareAbove(rows: readonly Judged[], fake: boolean, threshold: number): number {
  const ofClass = rows.filter((row) => row.fake === fake);
  return ofClass.filter(({ probability }) => probability > threshold).length / ofClass.length;
}

/** Mean of the two classes' accuracies at a threshold. */
export function balancedAccuracy(rows: readonly Judged[], threshold = 0.5): number {
  return (shareAbove(rows, true, threshold) + 1 - shareAbove(rows, false, threshold)) / 2;
}

/**
 * Expected calibration error over ten bins of equal width (Guo et al. 2017, arXiv 1706.04599), both classes weighted
 * alike, as the packs are calibrated.
 */
export function calibrationError(rows: readonly Judged[]): number {
  const count = { fake: rows.filter(({ fake }) => fake).length, real: rows.filter(({ fake }) => !fake).length };
  const bins = Array.from({ length: 10 }, () => ({ weight: 0, fake: 0, probability: 0 }));
  for (const { fake, probability } of rows) {
    const weight = 0.5 / (fake ? count.fake : count.real);
    const bin = bins[Math.min(9, Math.floor(probability * 10))];
    if (!bin) continue;
    bin.weight += weight;
    bin.fake += fake ? weight : 0;
    bin.probability += weight * probability;
  }
  return bins.reduce((sum, bin) => sum + Math.abs(bin.fake - bin.probability), 0);
}

/** Mean log loss of logits, both classes counted alike. @param labels of each row: 1 made by a generator, 0 from a camera */
export function balancedLogLoss(labels: Uint8Array, logits: Float64Array): number {
  const sums = [0, 0];
  const counts = [0, 0];
  for (const [row, label] of labels.entries()) {
    const side = label === 1 ? 1 : 0;
    const z = logits[row] ?? 0;
    sums[side] = (sums[side] ?? 0) + softplus(side === 1 ? -z : z);
    counts[side] = (counts[side] ?? 0) + 1;
  }
  return ((sums[0] ?? 0) / (counts[0] ?? 1) + (sums[1] ?? 0) / (counts[1] ?? 1)) / 2;
}
