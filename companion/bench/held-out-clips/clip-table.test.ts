import { expect, it } from 'vitest';
import { interval } from './clip-table.ts';

it('gives the interval of Wilson, in per cent', () => {
  const near = ([from, to]: readonly [number, number]) => [Number(from.toFixed(1)), Number(to.toFixed(1))];
  // Brown, Cai, DasGupta: Interval Estimation for a Binomial Proportion, for 95 %.
  expect(near(interval(0, 20))).toEqual([0, 16.1]);
  expect(near(interval(10, 20))).toEqual([29.9, 70.1]);
  expect(interval(20, 20)[1]).toBeCloseTo(100, 9);
  expect(interval(0, 0)).toEqual([0, 100]);
});
