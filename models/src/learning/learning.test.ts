import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { balancedWeights, type Labelled, rowOf, standardisationOf, standardise } from '../heads/design.ts';
import { nearestAmong, neighbourProbabilities } from '../heads/nearest-neighbours.ts';
import { type Perceptron, perceptronLogit } from '../heads/perceptron.ts';
import { fitPerceptron } from './fit-perceptron.ts';
import { fitLogistic, linearLogits } from './logistic-regression.ts';
import { minimise } from './minimise.ts';

const fixture = JSON.parse(readFileSync(new URL('./fixtures/scikit-learn.json', import.meta.url), 'utf8'));
const columns: number = fixture.columns;
const design = (values: number[]) => ({
  values: Float64Array.from(values),
  rows: values.length / columns,
  columns,
});
const taught: Labelled = {
  ...design(fixture.taught),
  labels: Uint8Array.from(fixture.labels.slice(0, fixture.taught.length / columns)),
};
const rest = design(fixture.rest);
const difference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, one, i) => Math.max(most, Math.abs(one - (b[i] ?? Number.NaN))), 0);

it.each<{ c: number; weighted: boolean; coefficients: number[]; intercept: number; logits: number[] }>(
  fixture.logistic,
)(
  'has the coefficients of scikit-learn at C = $c, weighted: $weighted',
  ({ c, weighted, coefficients, intercept, logits }) => {
    const weights = weighted ? Float64Array.from(fixture.weights) : undefined;
    const head = fitLogistic({ ...taught, weights }, { c, tolerance: 1e-9 });
    expect(head.converged).toBe(true);
    expect(difference(head.weights, coefficients)).toBeLessThan(1e-4);
    expect(Math.abs(head.bias - intercept)).toBeLessThan(1e-4);
    expect(difference(linearLogits(head, rest), logits)).toBeLessThan(1e-3);
  },
);

it.each<{ k: number; probabilities: number[] }>(fixture.neighbours)(
  'says the same of $k neighbours as scikit-learn',
  ({ k, probabilities }) => {
    expect(difference(neighbourProbabilities(taught, rest, k), probabilities)).toBeLessThan(1e-12);
  },
);

interface Layers {
  readonly first: number[];
  readonly firstBias: number[];
  readonly second: number[];
  readonly bias: number;
}
const perceptronOf = (hidden: number, { first, firstBias, second, bias }: Layers): Perceptron => ({
  hidden,
  first: Float64Array.from(first),
  firstBias: Float64Array.from(firstBias),
  second: Float64Array.from(second),
  bias,
});

it.each<{
  alpha: number;
  hidden: number;
  weighted: boolean;
  start: Layers;
  end: Layers;
  loss: number;
  logits: number[];
}>(fixture.perceptron)(
  'has the weights of scikit-learn with $hidden hidden units at alpha = $alpha, weighted: $weighted',
  ({ alpha, hidden, weighted, start, end, loss, logits }) => {
    const theirs = perceptronOf(hidden, end);
    const said = Array.from({ length: rest.rows }, (_, row) => perceptronLogit(theirs, rowOf(rest, row)));
    expect(difference(said, logits)).toBeLessThan(1e-9);
    const weights = weighted ? Float64Array.from(fixture.weights) : undefined;
    const options = { c: 1 / alpha, start: perceptronOf(hidden, start), tolerance: 1e-8, maxIterations: 2_000 };
    const own = fitPerceptron({ ...taught, weights }, options);
    expect(own.converged).toBe(true);
    expect(Math.abs(own.loss - loss)).toBeLessThan(1e-8);
    expect(difference(own.first, end.first)).toBeLessThan(1e-4);
    expect(difference(own.firstBias, end.firstBias)).toBeLessThan(1e-4);
    expect(difference(own.second, end.second)).toBeLessThan(1e-4);
    expect(Math.abs(own.bias - end.bias)).toBeLessThan(1e-4);
  },
);

it('finds the nearest of many as sorting all of them does', () => {
  const nearest = nearestAmong(taught);
  for (let row = 0; row < rest.rows; row += 1) {
    const all = nearest(rowOf(rest, row), taught.rows);
    expect(all.map(({ distance }) => distance)).toEqual(all.map(({ distance }) => distance).toSorted((a, b) => a - b));
    for (const count of [1, 4, 51]) expect(nearest(rowOf(rest, row), count)).toEqual(all.slice(0, count));
  }
});

it('an item that was taught is its own nearest', () => {
  expect(nearestAmong(taught)(taught.values.subarray(0, columns), 1)).toEqual([
    { row: 0, distance: expect.closeTo(0, 12) },
  ]);
});

it('fine-tuned with a strong penalty stays at the head it began from, and moves with a weak one', () => {
  const from = { weights: new Float64Array(columns).fill(0.1), bias: 0.2 };
  const near = fitLogistic(taught, { c: 1e-8, from, tolerance: 1e-9 });
  expect(difference(near.weights, from.weights)).toBeLessThan(1e-4);
  const far = fitLogistic(taught, { c: 1e6, from, tolerance: 1e-7 });
  const free = fitLogistic(taught, { c: 1e6, tolerance: 1e-7 });
  expect(difference(far.weights, free.weights)).toBeLessThan(1e-3);
});

it('needs both classes', () => {
  expect(() => fitLogistic({ ...taught, labels: new Uint8Array(taught.rows) }, { c: 1 })).toThrow(RangeError);
});

it('finds the valley of Rosenbrock', () => {
  const { point, converged } = minimise(
    (at, gradient) => {
      const [a = 0, b = 0] = at;
      gradient[0] = -2 * (1 - a) - 400 * a * (b - a * a);
      gradient[1] = 200 * (b - a * a);
      return (1 - a) ** 2 + 100 * (b - a * a) ** 2;
    },
    Float64Array.of(-1.2, 1),
  );
  expect(converged).toBe(true);
  expect(difference(point, [1, 1])).toBeLessThan(1e-5);
});

it('standardised columns have mean 0 and deviation 1; one that never changes stays', () => {
  const with7 = { values: Float64Array.of(1, 7, 2, 7, 3, 7), rows: 3, columns: 2 };
  const { values } = standardise(with7, standardisationOf(with7));
  expect(difference(values, [-1.224744871, 0, 0, 0, 1.224744871, 0])).toBeLessThan(1e-9);
});

it('counts classes alike, and within one every source', () => {
  const weights = balancedWeights(Uint8Array.of(1, 1, 1, 0), ['a', 'a', 'b', 'c']);
  expect([...weights]).toEqual([0.5, 0.5, 1, 2]);
});
