import type { Calibration, PackInput } from '../pack/pack-schema.ts';

/** Probabilities stay this far from 0 and 1: no statistics support more certainty, and their logits stay finite. */
const PROBABILITY_MARGIN = 1e-6;

/** Logistic function without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** Inverse of `sigmoid`. */
export function logitOf(probability: number): number {
  return Math.log(probability / (1 - probability));
}

/**
 * Platt calibration: sigmoid(scale * logit + bias).
 * @param logit of one picture, after `combineLogits`
 * @returns probability that the picture is AI, strictly inside 0..1
 */
export function calibrate(logit: number, { scale, bias }: Pick<Calibration, 'scale' | 'bias'>): number {
  return Math.min(1 - PROBABILITY_MARGIN, Math.max(PROBABILITY_MARGIN, sigmoid(scale * logit + bias)));
}

/**
 * One logit for a picture from the logits of its views.
 * @param logits one a view, at least one
 */
export function combineLogits(logits: ArrayLike<number>, combine: PackInput['combine']): number {
  let sum = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i] ?? Number.NaN;
    sum += logit;
    if (logit > highest) highest = logit;
  }
  return combine === 'max-logit' ? highest : sum / logits.length;
}
