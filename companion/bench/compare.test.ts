import { expect, it } from 'vitest';
import { compareRuns } from './compare.ts';
import type { Measurement } from './statistics.ts';

const of = (name: string, unit: Measurement['unit'], value: number): Measurement => ({
  name,
  unit,
  value,
  floor: null,
  ratio: null,
  n: 1,
  spread: 0,
});
const runs = (unit: Measurement['unit'], values: readonly number[]) =>
  values.map((value) => [of('figure', unit, value)]);

it('calls a time slower that is worse in every pair of runs', () => {
  const [found] = compareRuns(runs('ms', [10, 11, 10]), runs('ms', [12, 13, 12]));
  expect(found).toMatchObject({ before: 10, now: 12, worse: 1.2, slower: true });
});

it('does not where the runs differ by more among themselves', () => {
  const [found] = compareRuns(runs('ms', [10, 14, 10]), runs('ms', [12, 13, 12]));
  expect(found).toMatchObject({ worse: 1.2, slower: false });
  expect(found?.spread).toBeCloseTo(0.4);
});

it('knows that more pictures a second are better', () => {
  const [less] = compareRuns(runs('pictures/s', [20, 21]), runs('pictures/s', [15, 16]));
  expect(less).toMatchObject({ slower: true });
  expect(less?.worse).toBeGreaterThan(1.2);
  expect(compareRuns(runs('pictures/s', [15, 16]), runs('pictures/s', [20, 21]))[0]).toMatchObject({ slower: false });
});

it('compares what both measure', () => {
  expect(compareRuns([[of('old', 'ms', 1)]], [[of('new', 'ms', 1)]])).toEqual([]);
});
