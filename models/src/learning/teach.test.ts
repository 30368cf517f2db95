import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldsOf } from './folds.ts';
import { areaUnderRoc } from './metrics.ts';
import { seededDraw } from './seeded-draw.ts';
import { type Taught, type TeachItem, type TeachSettings, teach } from './teach.ts';

const COLUMNS = 24;
const BASE = { calibration: { scale: 1, bias: 0 }, thresholds: { fakeAbove: 0.9, realBelow: 0.2 } };
const SETTINGS: TeachSettings = {
  model: 'logistic',
  start: 'base',
  c: null,
  neighbours: null,
  hidden: null,
  testShare: 0.25,
  seed: 1,
};
const MODELS = ['logistic', 'neighbours', 'perceptron'] as const;

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

it.each(MODELS)('is the same every time: %s', (model) => {
  const data = made({ count: 80, seed: 5, apart: 1 });
  expect(teach(data, { ...SETTINGS, model })).toEqual(teach(data, { ...SETTINGS, model }));
});

/** A ring around a cloud: no line parts them. */
function ringed(count: number) {
  const data = made({ count, seed: 11, apart: 0 });
  const draw = seededDraw(12);
  for (const [index, { label }] of data.items.entries()) {
    const angle = (draw(10_000) / 10_000) * 2 * Math.PI;
    const radius = label === 1 ? 6 : 0.5;
    data.design.values[index * COLUMNS] = 3 + radius * Math.cos(angle);
    data.design.values[index * COLUMNS + 1] = 3 + radius * Math.sin(angle);
  }
  return data;
}

it.each([
  ['logistic', 0.4, 0.7],
  ['neighbours', 0.9, 1],
  ['perceptron', 0.9, 1],
] as const)('%s learns what lies in a ring as far as it can', (model, least, most) => {
  const { measured, head, tried, chosen } = teach(ringed(600), { ...SETTINGS, model, start: 'scratch' });
  expect(head.kind).toBe(model);
  expect(measured?.own.area).toBeGreaterThan(least);
  expect(measured?.own.area).toBeLessThanOrEqual(most);
  const best = tried.toSorted((a, b) => a.loss - b.loss)[0];
  expect(chosen).toEqual({ c: best?.c, neighbours: best?.neighbours, hidden: best?.hidden });
});

it('takes hyper-parameters that were given, and never more neighbours than pictures', () => {
  const data = made({ count: 80, seed: 5, apart: 2 });
  expect(teach(data, { ...SETTINGS, model: 'perceptron', hidden: 3, c: 0.5 })).toMatchObject({
    chosen: { c: 0.5, hidden: 3 },
    head: { hidden: 3 },
    tried: [{ c: 0.5, hidden: 3 }],
  });
  expect(teach(data, { ...SETTINGS, model: 'neighbours', neighbours: 7 }).chosen.neighbours).toBe(7);
  const few = made({ count: 20, seed: 5, apart: 2 });
  expect(teach(few, { ...SETTINGS, model: 'neighbours', neighbours: 100 }).chosen.neighbours).toBeLessThanOrEqual(16);
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

it('no tie and no near copy crosses from what teaches to what tests, however the parts were given', () => {
  const given = fc.record({
    tie: fc.integer({ min: 0, max: 25 }),
    part: fc.constantFrom('train' as const, 'test' as const, undefined),
    hash: fc.option(
      fc.integer({ min: 0, max: 40 }).map((place) => (1n << BigInt(place)).toString(16).padStart(16, '0')),
      { nil: undefined },
    ),
  });
  fc.assert(
    fc.property(fc.array(given, { minLength: 60, maxLength: 60 }), fc.nat(1_000), (all, seed) => {
      const data = made({ count: 60, seed, apart: 2 });
      const items = data.items.map((item, index) => {
        const { tie, ...more } = all[index] ?? { tie: 0 };
        return { ...item, ...more, ties: [`site ${tie}`] };
      });
      const settings = { ...SETTINGS, model: 'neighbours', neighbours: 3, seed } as const;
      const { predictions, groups } = teach({ ...data, items }, settings);
      const sides = new Map<number, Set<string>>();
      for (const [index, { part }] of predictions.entries()) {
        const group = groups[index] ?? index;
        sides.set(group, (sides.get(group) ?? new Set()).add(part));
      }
      for (const parts of sides.values()) expect(parts.size).toBe(1);
      for (const [a, one] of items.entries()) {
        for (const [b, other] of items.entries()) {
          if (one.ties[0] === other.ties[0]) expect(predictions[a]?.part).toBe(predictions[b]?.part);
        }
      }
    }),
    { numRuns: 30, seed: 1 },
  );
});

/** Share of what chance gives that lies inside. */
const Z_999 = 3.291;

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);

it.each(MODELS.flatMap((model) => SEEDS.map((seed) => [model, seed] as const)))(
  '%s learns nothing from permuted labels, seed %i',
  (model, seed) => {
    const data = made({ count: 400, seed, apart: 2, sources: 400 });
    const draw = seededDraw(seed + 100);
    const labels = data.items.map(({ label }) => label);
    const items = data.items.map((item, index) => ({
      ...item,
      label: labels.splice(draw(labels.length), 1)[0] ?? 0,
      ties: [`${index}`],
    }));
    const { measured, predictions } = teach(
      { ...data, items },
      { ...SETTINGS, model, hidden: 4, start: 'scratch', seed },
    );
    const test = predictions.flatMap(({ part, probability }, index) =>
      part === 'test' ? [{ fake: items[index]?.label === 1, probability }] : [],
    );
    const [fakes, reals] = [test.filter(({ fake }) => fake).length, test.filter(({ fake }) => !fake).length];
    // Of the area under the curve by chance (Mann and Whitney 1947).
    const deviation = Math.sqrt((fakes + reals + 1) / (12 * fakes * reals));
    expect(measured?.own.area).toBe(areaUnderRoc(test));
    expect(Math.abs(areaUnderRoc(test) - 0.5)).toBeLessThan(Z_999 * deviation);
  },
);

function lineOf({ head }: Taught) {
  if (head.kind === 'neighbours' || head.kind === 'perceptron') throw new Error(head.kind);
  return head;
}

it('with a strong penalty stays with the words of the base', () => {
  const data = made({ count: 120, seed: 7, apart: 3 });
  const line = lineOf(teach(data, { ...SETTINGS, c: 1e-9 }));
  expect(line.baseScale).toBe(BASE.calibration.scale);
  expect(Math.max(...line.weights.map(Math.abs))).toBeLessThan(1e-4);
});

it.each(MODELS)('%s keeps what the base knows where it begins with that, and forgets it from scratch', (model) => {
  const data = made({ count: 240, seed: 9, apart: 0 });
  const draw = seededDraw(10);
  const items = data.items.map((item) => ({
    ...item,
    baseLogit: (2 * item.label - 1) * 1.5 + draw(2_000) / 1_000 - 1,
  }));
  const given = { ...SETTINGS, model, neighbours: 25, hidden: 4, c: 1e-3 };
  const areaFrom = (start: 'base' | 'scratch') => teach({ ...data, items }, { ...given, start }).measured?.own.area;
  expect(areaFrom('base')).toBeGreaterThan(0.95);
  expect(areaFrom('scratch')).toBeLessThan(0.7);
});

it('a network that is penalised hard says what the base says', () => {
  const data = made({ count: 120, seed: 7, apart: 3 });
  const { head } = teach(data, { ...SETTINGS, model: 'perceptron', hidden: 4, c: 1e-9 });
  if (head.kind !== 'perceptron') throw new Error(head.kind);
  expect(head.baseScale).toBe(BASE.calibration.scale);
  expect(Math.max(...head.second.map(Math.abs))).toBeLessThan(1e-4);
});

it('accuses no more of the published real pictures than the base, and is never less careful', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.constantFrom('base', 'scratch'), (seed, start) => {
      const data = made({ count: 120, seed, apart: 2 });
      const real = made({ count: 200, seed: seed + 1, apart: 2 });
      const baseLogits = Float64Array.from(real.items, ({ baseLogit }) => baseLogit + 1);
      const published = [{ design: real.design, baseLogits }];
      const taught = teach({ ...data, published }, { ...SETTINGS, start, seed });
      const { calibration, thresholds } = taught;
      const line = lineOf(taught);
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
      expect(taught.published).toMatchObject({ pictures: 200, base: above([...baseLogits].map(sigmoid), 0.9) });
      expect(taught.published?.own).toBe(above(own, thresholds.fakeAbove));
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
