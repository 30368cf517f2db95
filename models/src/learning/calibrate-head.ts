import { balancedWeights } from '../heads/design.ts';
import { fitLogistic } from './logistic-regression.ts';

/** probability = sigmoid(scale x logit + bias) */
export interface HeadCalibration {
  readonly scale: number;
  readonly bias: number;
}

/** A head that is taken at its word. */
export const UNCALIBRATED: HeadCalibration = { scale: 1, bias: 0 };

/** Bounds of the scale: what a hundred held-out pictures say of certainty is not to be carried further. */
const [LEAST_SCALE, MOST_SCALE] = [0.05, 4];
/** Inverse strength that draws the scale to 1 where few were held out. */
const C = 1;

/** Platt's calibration on held-out logits, both classes and within a class every group counted alike. */
export function calibrateHead(logits: Float64Array, labels: Uint8Array, groups: readonly number[]): HeadCalibration {
  const weights = balancedWeights(labels, groups.map(String));
  const data = { values: logits, rows: logits.length, columns: 1, labels, weights };
  const { weights: scales, bias } = fitLogistic(data, { c: C, from: { weights: Float64Array.of(1), bias: 0 } });
  return { scale: Math.min(MOST_SCALE, Math.max(LEAST_SCALE, scales[0] ?? 1)), bias };
}
