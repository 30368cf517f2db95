import { logitOf, sigmoid } from '@touchstone/models';
import { trimmedMean } from '../../src/timeline/pooling.ts';

/** Log-odds of a video from the log-odds of its frames in order, and the shots they lie in. */
export type PoolingRule = (logits: readonly number[], shots: readonly (readonly number[])[]) => number;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

const trimmed = (values: readonly number[]): number => trimmedMean(values.map((logit) => ({ logit, frames: 1 })));

/** Mean of the highest fifth, at least of three. */
function topMean(values: readonly number[]): number {
  const count = Math.max(3, Math.ceil(values.length / 5));
  return mean(values.toSorted((a, b) => b - a).slice(0, count));
}

/**
 * The rule of the winner of the Deepfake Detection Challenge (selimsef/dfdc_deepfake_challenge, kernel_utils.py): if more
 * than 40 % of the frames and more than 11 of them exceed 0.8, their mean; else if more than 90 % are under 0.2, theirs; else
 * the mean of all. On probabilities, as there.
 */
function challengeWinner(values: readonly number[]): number {
  const probabilities = values.map(sigmoid);
  const high = probabilities.filter((p) => p > 0.8);
  const low = probabilities.filter((p) => p < 0.2);
  if (high.length > 0.4 * values.length && high.length > 11) return logitOf(mean(high));
  if (low.length > 0.9 * values.length) return logitOf(mean(low));
  return logitOf(mean(probabilities));
}

/** A rule within each shot of at least three frames, and the highest shot counts: an insert is not drowned by the rest. */
function highestShot(rule: (values: readonly number[]) => number): PoolingRule {
  return (all, shots) => {
    const long = shots.filter((shot) => shot.length >= 3);
    return long.length === 0 ? rule(all) : Math.max(...long.map(rule));
  };
}

export const RULES: Readonly<Record<string, PoolingRule>> = {
  'mean of log-odds': mean,
  'mean of probabilities': (values) => logitOf(mean(values.map(sigmoid))),
  'trimmed mean of log-odds': trimmed,
  median,
  'mean of the highest fifth': topMean,
  'DFDC winner': challengeWinner,
  'highest shot, mean': highestShot(mean),
  'highest shot, trimmed mean': highestShot(trimmed),
  'highest shot, median': highestShot(median),
};
