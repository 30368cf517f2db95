import { balancedWeights, type Design, rowOf, rowsOf, type Standardisation } from '../heads/design.ts';
import { fitLogistic } from './logistic-regression.ts';

/** A last layer on the features of a base: logit = baseScale x the base's own logit + weights . features + bias. */
export interface TaughtLine {
  /** 0: it stands alone. */
  readonly baseScale: number;
  readonly weights: Float64Array;
  readonly bias: number;
}

/** What heads are fitted on: one row an item. */
export interface TaughtRows {
  readonly design: Design;
  readonly labels: Uint8Array;
  readonly baseLogits: Float64Array;
  readonly groups: readonly number[];
}

/** From where a fit begins, and whose distance is penalised: the base's own words, or nothing. */
export interface Beginning {
  readonly baseScale: number;
  readonly baseBias: number;
}

export interface FitOptions {
  readonly beginning: Beginning;
  /** Inverse strength of the penalty on standardised features. */
  readonly c: number;
  /** Largest component of the gradient at the end. */
  readonly tolerance: number;
  readonly onStep?: () => void;
}

/**
 * Fits a line on some rows, both classes and within a class every group counted alike.
 * @param standardised the design of `rows` with mean 0 and deviation 1
 * @param chosen rows that teach
 */
export function fitLine(
  { labels, baseLogits, groups }: TaughtRows,
  standardised: Design,
  { mean, deviation }: Standardisation,
  chosen: readonly number[],
  { beginning: { baseScale, baseBias }, c, tolerance, onStep }: FitOptions,
): TaughtLine {
  const own = Uint8Array.from(chosen, (row) => labels[row] ?? 0);
  const weights = balancedWeights(
    own,
    chosen.map((row) => String(groups[row] ?? row)),
  );
  const offsets = Float64Array.from(chosen, (row) => baseScale * (baseLogits[row] ?? 0) + baseBias);
  const data = { ...rowsOf(standardised, chosen), labels: own, weights, ...(baseScale === 0 ? {} : { offsets }) };
  const fitted = fitLogistic(data, { c, tolerance, ...(onStep && { onStep }) });
  // Back to features as the graph gives them.
  const raw = fitted.weights.map((weight, i) => weight / (deviation[i] ?? 1));
  const shift = raw.reduce((sum, weight, i) => sum + weight * (mean[i] ?? 0), 0);
  return { baseScale, weights: raw, bias: fitted.bias - shift + (baseScale === 0 ? 0 : baseBias) };
}

/** @returns the logit of one row */
export function lineLogit({ baseScale, weights, bias }: TaughtLine, design: Design, row: number, baseLogit: number) {
  const values = rowOf(design, row);
  let z = bias + (baseScale === 0 ? 0 : baseScale * baseLogit);
  for (let i = 0; i < weights.length; i += 1) z += (weights[i] ?? 0) * (values[i] ?? 0);
  return z;
}
