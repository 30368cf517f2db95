import type { Design, Labelled } from '../heads/design.ts';
import { rowOf } from '../heads/design.ts';
import { type MinimiseOptions, minimise } from './minimise.ts';

/** A line through the embedding: logit = weights . x + bias. */
export interface LinearHead {
  readonly weights: Float64Array;
  readonly bias: number;
}

export interface LogisticOptions extends MinimiseOptions {
  /** Inverse strength of the penalty, as scikit-learn's `C`: larger means freer. */
  readonly c: number;
  /** A head whose distance is penalised instead of that to nothing: fine-tuning. */
  readonly from?: LinearHead | undefined;
}

export interface FittedHead extends LinearHead {
  readonly iterations: number;
  readonly converged: boolean;
}

/** ln(1 + e^z) without overflow. */
export const softplus = (z: number): number => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

export const sigmoid = (z: number): number => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));

/**
 * L2-penalised logistic regression by L-BFGS: minimises |w - from|^2 / 2 + C sum of weighted log losses, the bias unpenalised, as
 * scikit-learn's LogisticRegression(solver='lbfgs') does (its numbers are fixtures of the test).
 * @throws RangeError where one class is missing
 */
export function fitLogistic(data: Labelled, { c, from, ...options }: LogisticOptions): FittedHead {
  const { rows, columns, labels, weights, offsets } = data;
  if (!labels.includes(0) || !labels.includes(1)) throw new RangeError('both classes are needed');
  const start = new Float64Array(columns + 1);
  if (from) start.set([...from.weights, from.bias]);
  const penalised = from?.weights ?? new Float64Array(columns);
  // As scikit-learn scales it, so that one tolerance holds for any number of rows.
  const total = weights ? weights.reduce((sum, one) => sum + one, 0) : rows;
  const strength = 1 / (c * total);

  const { point, iterations, converged } = minimise(
    (at, gradient) => {
      gradient.fill(0);
      const bias = at[columns] ?? 0;
      let loss = 0;
      for (let row = 0; row < rows; row += 1) {
        const values = rowOf(data, row);
        let z = bias + (offsets?.[row] ?? 0);
        for (let i = 0; i < columns; i += 1) z += (at[i] ?? 0) * (values[i] ?? 0);
        const label = labels[row] ?? 0;
        const weight = (weights?.[row] ?? 1) / total;
        loss += weight * (softplus(z) - label * z);
        const slope = weight * (sigmoid(z) - label);
        for (let i = 0; i < columns; i += 1) gradient[i] = (gradient[i] ?? 0) + slope * (values[i] ?? 0);
        gradient[columns] = (gradient[columns] ?? 0) + slope;
      }
      let penalty = 0;
      for (let i = 0; i < columns; i += 1) {
        const off = (at[i] ?? 0) - (penalised[i] ?? 0);
        penalty += off * off;
        gradient[i] = (gradient[i] ?? 0) + strength * off;
      }
      return loss + (strength * penalty) / 2;
    },
    start,
    options,
  );
  return { weights: point.slice(0, columns), bias: point[columns] ?? 0, iterations, converged };
}

/** @returns of each row the logit of "made by a generator" */
export function linearLogits({ weights, bias }: LinearHead, design: Design): Float64Array {
  return Float64Array.from({ length: design.rows }, (_, row) => {
    const values = rowOf(design, row);
    let z = bias;
    for (let i = 0; i < design.columns; i += 1) z += (weights[i] ?? 0) * (values[i] ?? 0);
    return z;
  });
}
