import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { areaInterval, confusionAt, reliability, rocCurve, type TestItem } from './evaluation.ts';
import { fitLogistic, linearLogits, sigmoid } from './logistic-regression.ts';
import { areaUnderRoc, balancedAccuracy } from './metrics.ts';
import { seededDraw } from './seeded-draw.ts';
import { groupsOf, NEAR_BITS, type SplitItem, splitItems } from './split.ts';

const fixture = JSON.parse(readFileSync(new URL('./fixtures/scikit-learn.json', import.meta.url), 'utf8'));
const [first] = fixture.logistic;
const held: TestItem[] = first.logits.map((logit: number, index: number) => ({
  fake: fixture.labels[fixture.labels.length - first.logits.length + index] === 1,
  probability: sigmoid(logit),
  source: `s${index % 7}`,
}));

it('areas, confusion and ROC are those of scikit-learn', () => {
  expect(areaUnderRoc(held)).toBeCloseTo(first.auc, 12);
  expect(balancedAccuracy(held)).toBeCloseTo(first.balancedAccuracy, 12);
  const { trueNegatives, falsePositives, falseNegatives, truePositives } = confusionAt(held, 0.5);
  expect([
    [trueNegatives, falsePositives],
    [falseNegatives, truePositives],
  ]).toEqual(first.confusion);
  const [falseRates, trueRates] = first.roc;
  const points = rocCurve(held);
  expect(points.map(({ falsePositiveRate }) => falsePositiveRate)).toEqual(falseRates);
  expect(points.map(({ truePositiveRate }) => truePositiveRate)).toEqual(trueRates);
});

it('reliability counts every item once', () => {
  const bins = reliability([...held, { fake: true, probability: 1 }, { fake: false, probability: 0 }]);
  expect(bins.reduce((sum, { items }) => sum + items, 0)).toBe(held.length + 2);
  for (const { from, to, items, probability } of bins) {
    if (items === 0) continue;
    expect(probability).toBeGreaterThanOrEqual(from);
    expect(probability).toBeLessThanOrEqual(to);
  }
});

it('the interval holds the area, and is wider where items hang together', () => {
  const area = areaUnderRoc(held);
  const single = areaInterval(
    held.map((item, index) => ({ ...item, source: `${index}` })),
    seededDraw(1),
  );
  expect(single.low).toBeLessThan(area);
  expect(single.high).toBeGreaterThan(area);
  const twins = held.map((item, index) => ({ ...item, source: `${item.fake}${Math.floor(index / 10)}` }));
  const cluster = areaInterval([...twins, ...twins, ...twins], seededDraw(1));
  const loose = areaInterval(
    [...twins, ...twins, ...twins].map((item, index) => ({ ...item, source: `${index}` })),
    seededDraw(1),
  );
  expect(cluster.high - cluster.low).toBeGreaterThan(loose.high - loose.low);
  expect(
    areaInterval(
      held.filter(({ fake }) => fake),
      seededDraw(1),
    ).low,
  ).toBeNaN();
});

it.each(Array.from({ length: 20 }, (_, seed) => seed))(
  'learns nothing from labels dealt at random, seed %i',
  (seed) => {
    const draw = seededDraw(seed);
    const [rows, columns] = [200, 8];
    const values = Float64Array.from({ length: rows * columns }, () => draw(10_000) / 5_000 - 1);
    const labels = Uint8Array.from({ length: rows }, () => draw(2));
    const head = fitLogistic(
      { values: values.subarray(0, 100 * columns), rows: 100, columns, labels: labels.subarray(0, 100) },
      { c: 1 },
    );
    const rest = { values: values.subarray(100 * columns), rows: 100, columns };
    const judged = Array.from(linearLogits(head, rest), (logit, row) => ({
      fake: labels[100 + row] === 1,
      probability: sigmoid(logit),
    }));
    // Deviation of the area under chance (Mann-Whitney), and its 99.9 % interval.
    const fakes = judged.filter(({ fake }) => fake).length;
    const deviation = Math.sqrt((judged.length + 1) / (12 * fakes * (judged.length - fakes)));
    expect(Math.abs(areaUnderRoc(judged) - 0.5)).toBeLessThan(3.291 * deviation);
  },
);

const item = fc.record({
  label: fc.constantFrom<0 | 1>(0, 1),
  ties: fc.array(
    fc.integer({ min: 0, max: 40 }).map((tie) => `site ${tie}`),
    { maxLength: 2 },
  ),
  hash: fc.option(
    fc
      .tuple(
        fc.constantFrom<bigint>(0n, 0x0123456789abcdefn, 0xffff0000ffff0000n),
        fc.array(fc.integer({ min: 0, max: 63 }), { maxLength: 8 }),
      )
      .map(([base, flips]) =>
        flips
          .reduce((hash, bit) => hash ^ (1n << BigInt(bit)), base)
          .toString(16)
          .padStart(16, '0'),
      ),
    { nil: undefined },
  ),
});

const bitsBetween = (a: string, b: string): number =>
  (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2).replaceAll('0', '').length;

it('no near copy, site or case crosses the split', () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 60 }), fc.integer({ min: 0 }), (items: SplitItem[], seed) => {
      const split = splitItems(items, seededDraw(seed));
      if (!split) return;
      expect([...split.train, ...split.test].sort((a, b) => a - b)).toEqual([...items.keys()]);
      for (const a of split.train) {
        for (const b of split.test) {
          const [one, other] = [items[a], items[b]];
          expect(one?.ties.some((tie) => other?.ties.includes(tie))).toBe(false);
          if (one?.hash && other?.hash) expect(bitsBetween(one.hash, other.hash)).toBeGreaterThan(NEAR_BITS);
        }
      }
      for (const side of [split.train, split.test]) {
        expect(new Set(side.map((index) => items[index]?.label))).toEqual(new Set([0, 1]));
      }
    }),
    { numRuns: 300 },
  );
});

it('about a quarter of independent items tests', () => {
  const items = Array.from(
    { length: 400 },
    (_, index): SplitItem => ({ label: index % 2 === 0 ? 0 : 1, ties: [`${index}`] }),
  );
  const split = splitItems(items, seededDraw(3));
  expect(split?.test.length).toBe(100);
});

it('what hangs together in a chain is one group', () => {
  const items: SplitItem[] = [
    { label: 0, ties: ['a'] },
    { label: 1, ties: ['a', 'b'] },
    { label: 0, ties: ['b'], hash: '0000000000000000' },
    { label: 1, ties: ['c'], hash: '000000000000003f' },
    { label: 1, ties: ['d'], hash: 'ffffffffffffffff' },
  ];
  expect(groupsOf(items)).toEqual([0, 0, 0, 0, 4]);
  expect(splitItems(items, seededDraw(1))).toBeUndefined();
});
