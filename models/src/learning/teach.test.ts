import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldsOf } from './folds.ts';
import { areaUnderRoc } from './metrics.ts';
import { seededDraw } from './seeded-draw.ts';
import { type TeachItem, type TeachSettings, teach } from './teach.ts';

const COLUMNS = 24;
const BASE = { calibration: { scale: 1, bias: 0 }, thresholds: { fakeAbove: 0.9, realBelow: 0.2 } };
const SETTINGS: TeachSettings = { start: 'base', c: null, testShare: 0.25, seed: 1 };

interface Made {
  readonly count: number;
  readonly seed: number;
  /** How far the classes stand apart in the features; in the base's logit they do not. */
  readonly apart: number;
  readonly sources?: number;
}

/** Two clouds that the base cannot tell apart. */
function made({ count, seed, apart, sources = count }: Made) {
  const draw = seededDraw(seed);
  const normal = (): number =>
    Array.from({ length: 12 }, () => draw(1_000_000) / 1_000_000).reduce((sum, one) => sum + one, -6);
  const values = new Float64Array(count * COLUMNS);
  const items = Array.from({ length: count }, (_, index): TeachItem => {
    const label = index % 2 === 0 ? 0 : 1;
    for (let column = 0; column < COLUMNS; column += 1) {
      values[index * COLUMNS + column] = 3 + normal() + (column < 4 ? (label - 0.5) * apart : 0);
    }
    return { label, ties: [`${label} ${Math.floor(index / 2) % sources}`], baseLogit: normal() };
  });
  return { design: { values, rows: count, columns: COLUMNS }, items, base: BASE };
}

it('what the base cannot tell is taught, and measured on pictures that taught nothing', () => {
  const data = made({ count: 400, seed: 3, apart: 2, sources: 60 });
  const taught = teach(data, SETTINGS);
  expect(taught.verdict).toBe('better');
  expect(taught.measured?.own.area).toBeGreaterThan(0.9);
  expect(taught.measured?.difference.low).toBeGreaterThan(0);
  const parts = taught.predictions.map(({ part }) => part);
  expect(parts.filter((part) => part === 'test').length).toBeGreaterThan(80);
  for (const { nearest } of taught.predictions) {
    expect(nearest).toHaveLength(4);
    for (const { item } of nearest) expect(parts[item]).toBe('train');
  }
});

it('is the same every time', () => {
  const data = made({ count: 80, seed: 5, apart: 1 });
  expect(teach(data, SETTINGS)).toEqual(teach(data, SETTINGS));
});

it('says of two alike that the taught one is no better', () => {
  const data = made({ count: 400, seed: 3, apart: 0 });
  expect(teach(data, SETTINGS).verdict).toBe('no-better');
});

it('says below fifty of a class, and where nothing can be set aside, that these are too few to tell', () => {
  expect(teach(made({ count: 98, seed: 3, apart: 3 }), SETTINGS).verdict).toBe('too-few');
  const oneSource = teach(made({ count: 200, seed: 3, apart: 3, sources: 1 }), SETTINGS);
  expect(oneSource).toMatchObject({ verdict: 'too-few', measured: undefined });
  expect(oneSource.thresholds.fakeAbove).toBeGreaterThanOrEqual(0.99);
});

it('tests by the split that was given, but for what has a tie among those that teach', () => {
  const data = made({ count: 200, seed: 3, apart: 2 });
  const items = data.items.map((item, index) => ({ ...item, part: index < 60 ? ('test' as const) : undefined }));
  const tied = items.map((item, index) => (index === 0 || index === 100 ? { ...item, ties: ['one'] } : item));
  const parts = teach({ ...data, items: tied }, SETTINGS).predictions.map(({ part }) => part);
  expect(parts.slice(0, 61)).toEqual(['train', ...Array(59).fill('test'), 'train']);
});

/** Share of what chance gives that lies inside. */
const Z_999 = 3.291;

it.each(Array.from({ length: 20 }, (_, seed) => seed))('learns nothing from permuted labels, seed %i', (seed) => {
  const data = made({ count: 400, seed, apart: 2, sources: 400 });
  const draw = seededDraw(seed + 100);
  const labels = data.items.map(({ label }) => label);
  const items = data.items.map((item, index) => ({
    ...item,
    label: labels.splice(draw(labels.length), 1)[0] ?? 0,
    ties: [`${index}`],
  }));
  const { measured, predictions } = teach({ ...data, items }, { ...SETTINGS, start: 'scratch', seed });
  const test = predictions.flatMap(({ part, probability }, index) =>
    part === 'test' ? [{ fake: items[index]?.label === 1, probability }] : [],
  );
  const [fakes, reals] = [test.filter(({ fake }) => fake).length, test.filter(({ fake }) => !fake).length];
  // Of the area under the curve by chance (Mann and Whitney 1947).
  const deviation = Math.sqrt((fakes + reals + 1) / (12 * fakes * reals));
  expect(measured?.own.area).toBe(areaUnderRoc(test));
  expect(Math.abs(areaUnderRoc(test) - 0.5)).toBeLessThan(Z_999 * deviation);
});

it('with a strong penalty stays with the words of the base', () => {
  const data = made({ count: 120, seed: 7, apart: 3 });
  const { line } = teach(data, { ...SETTINGS, c: 1e-9 });
  expect(line.baseScale).toBe(BASE.calibration.scale);
  expect(Math.max(...line.weights.map(Math.abs))).toBeLessThan(1e-4);
});

it('accuses no more of the published real pictures than the base, and is never less careful', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.constantFrom('base', 'scratch'), (seed, start) => {
      const data = made({ count: 120, seed, apart: 2 });
      const real = made({ count: 200, seed: seed + 1, apart: 2 });
      const baseLogits = Float64Array.from(real.items, ({ baseLogit }) => baseLogit + 1);
      const published = { design: real.design, baseLogits };
      const taught = teach({ ...data, published }, { ...SETTINGS, start, seed });
      const { line, calibration, thresholds } = taught;
      const above = (probabilities: number[], threshold: number) =>
        probabilities.filter((one) => one > threshold).length;
      const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
      const own = real.items.map((_, row) => {
        const values = real.design.values.subarray(row * COLUMNS, (row + 1) * COLUMNS);
        const z = line.weights.reduce((sum, one, i) => sum + one * (values[i] ?? 0), line.bias);
        return sigmoid(calibration.scale * (z + line.baseScale * (baseLogits[row] ?? 0)) + calibration.bias);
      });
      expect(thresholds.fakeAbove).toBeGreaterThanOrEqual(BASE.thresholds.fakeAbove);
      expect(thresholds.realBelow).toBeLessThanOrEqual(BASE.thresholds.realBelow);
      expect(taught.heldToPublished).toBe(true);
      expect(above(own, thresholds.fakeAbove)).toBeLessThanOrEqual(above([...baseLogits].map(sigmoid), 0.9));
    }),
    { numRuns: 20, seed: 1 },
  );
});

it('no group is parted by a cross-validation, and each class is in every part', () => {
  const item = fc.record({ label: fc.constantFrom(0 as const, 1 as const), group: fc.integer({ min: 0, max: 12 }) });
  fc.assert(
    fc.property(fc.array(item, { minLength: 2, maxLength: 80 }), fc.nat(), (items, seed) => {
      const folds = foldsOf(items, seededDraw(seed));
      const groupsWith = (label: 0 | 1) =>
        new Set(items.filter((one) => one.label === label).map(({ group }) => group));
      if (Math.min(groupsWith(0).size, groupsWith(1).size) < 2) {
        expect(folds).toBeUndefined();
        return;
      }
      const partOf = new Map<number, number | undefined>();
      for (const [index, { group }] of items.entries()) {
        const part = folds?.parts[index];
        expect(partOf.get(group) ?? part).toBe(part);
        partOf.set(group, part);
      }
    }),
    { seed: 1 },
  );
});
