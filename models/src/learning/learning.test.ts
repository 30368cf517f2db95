import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { balancedWeights, type Labelled, standardisationOf, standardise } from './design.ts';
import { fitLogistic, linearLogits } from './logistic-regression.ts';
import { minimise } from './minimise.ts';
import { nearestAmong, neighbourProbabilities } from './nearest-neighbours.ts';

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

it('says the same of neighbours as scikit-learn', () => {
  expect(difference(neighbourProbabilities(taught, rest, 5), fixture.neighbours)).toBeLessThan(1e-12);
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
