import { type Labelled, rowOf } from '../heads/design.ts';
import type { Perceptron } from '../heads/perceptron.ts';
import type { Draw } from './evaluation.ts';
import { sigmoid, softplus } from './logistic-regression.ts';
import { type MinimiseOptions, minimise } from './minimise.ts';

export interface PerceptronOptions extends MinimiseOptions {
  /** Inverse strength of the penalty on both layers, 1 / scikit-learn's `alpha`. */
  readonly c: number;
  /** Where the search begins: there is more than one valley. */
  readonly start: Perceptron;
}

export interface FittedPerceptron extends Perceptron {
  readonly first: Float64Array;
  /** Penalty and weighted mean log loss, as scikit-learn's `loss_`. */
  readonly loss: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Widest range in which no unit of a layer begins saturated (Glorot and Bengio 2010), as scikit-learn draws it for tanh. */
const GLOROT = 6;
const DRAWS = 2 ** 32;

/** A beginning by chance. */
export function drawnPerceptron(columns: number, hidden: number, draw: Draw): Perceptron {
  const within = (inputs: number, outputs: number) => {
    const bound = Math.sqrt(GLOROT / (inputs + outputs));
    return (): number => (2 * (draw(DRAWS) / DRAWS) - 1) * bound;
  };
  const [below, above] = [within(columns, hidden), within(hidden, 1)];
  return {
    hidden,
    first: Float64Array.from({ length: hidden * columns }, below),
    firstBias: Float64Array.from({ length: hidden }, below),
    second: Float64Array.from({ length: hidden }, above),
    bias: above(),
  };
}

/**
 * Fits one hidden layer of tanh by L-BFGS: minimises the weighted mean log loss plus |weights|^2 / (2 C rows), biases unpenalised, as
 * scikit-learn's MLPClassifier(activation='tanh', solver='lbfgs', alpha=1/C) does. With offsets it is added to what is there already,
 * and the penalty keeps it close to that.
 * @throws RangeError where one class is missing
 */
export function fitPerceptron(data: Labelled, { c, start, ...options }: PerceptronOptions): FittedPerceptron {
  const { rows, columns, labels, weights, offsets } = data;
  if (!labels.includes(0) || !labels.includes(1)) throw new RangeError('both classes are needed');
  const { hidden } = start;
  const total = weights ? weights.reduce((sum, one) => sum + one, 0) : rows;
  const strength = 1 / (c * total);
  // Everything in one point: first, firstBias, second, bias.
  const [biasFrom, secondFrom] = [hidden * columns, hidden * columns + hidden];
  const last = secondFrom + hidden;
  const begin = new Float64Array(last + 1);
  begin.set(start.first);
  begin.set(start.firstBias, biasFrom);
  begin.set(start.second, secondFrom);
  begin[last] = start.bias;
  const active = new Float64Array(hidden);

  const found = minimise(
    (at, gradient) => {
      gradient.fill(0);
      let loss = 0;
      for (let row = 0; row < rows; row += 1) {
        const values = rowOf(data, row);
        let logit = (at[last] ?? 0) + (offsets?.[row] ?? 0);
        for (let unit = 0; unit < hidden; unit += 1) {
          const from = unit * columns;
          let z = at[biasFrom + unit] ?? 0;
          for (let i = 0; i < columns; i += 1) z += (at[from + i] ?? 0) * (values[i] ?? 0);
          active[unit] = Math.tanh(z);
          logit += (at[secondFrom + unit] ?? 0) * (active[unit] ?? 0);
        }
        const label = labels[row] ?? 0;
        const weight = (weights?.[row] ?? 1) / total;
        loss += weight * (softplus(logit) - label * logit);
        const slope = weight * (sigmoid(logit) - label);
        gradient[last] = (gradient[last] ?? 0) + slope;
        for (let unit = 0; unit < hidden; unit += 1) {
          const own = active[unit] ?? 0;
          gradient[secondFrom + unit] = (gradient[secondFrom + unit] ?? 0) + slope * own;
          const down = slope * (at[secondFrom + unit] ?? 0) * (1 - own * own);
          gradient[biasFrom + unit] = (gradient[biasFrom + unit] ?? 0) + down;
          const from = unit * columns;
          for (let i = 0; i < columns; i += 1) {
            gradient[from + i] = (gradient[from + i] ?? 0) + down * (values[i] ?? 0);
          }
        }
      }
      let penalty = 0;
      const penalise = (from: number, to: number): void => {
        for (let i = from; i < to; i += 1) {
          const one = at[i] ?? 0;
          penalty += one * one;
          gradient[i] = (gradient[i] ?? 0) + strength * one;
        }
      };
      penalise(0, biasFrom);
      penalise(secondFrom, last);
      return loss + (strength * penalty) / 2;
    },
    begin,
    options,
  );
  return {
    hidden,
    first: found.point.slice(0, biasFrom),
    firstBias: found.point.slice(biasFrom, secondFrom),
    second: found.point.slice(secondFrom, last),
    bias: found.point[last] ?? 0,
    loss: found.value,
    iterations: found.iterations,
    converged: found.converged,
  };
}
