import { expect, it } from 'vitest';
import { createRecentTimes } from './recent-times.ts';

it('tells quantiles of the last ten minutes, by series, and of the last times where there are many', () => {
  let clock = 0;
  const recent = createRecentTimes(() => clock);
  for (let i = 1; i <= 100; i++) recent.add('picture', 'decode', i);
  recent.add('frame', 'decode', 7);
  expect(recent.quantiles()).toEqual([
    { medium: 'picture', stage: 'decode', p50: 51, p95: 96, p99: 100 },
    { medium: 'frame', stage: 'decode', p50: 7, p95: 7, p99: 7 },
  ]);
  clock = 9 * 60_000;
  recent.add('frame', 'decode', 9);
  clock = 11 * 60_000;
  expect(recent.quantiles()).toEqual([{ medium: 'frame', stage: 'decode', p50: 9, p95: 9, p99: 9 }]);
  for (let i = 0; i < 10_000; i++) recent.add('frame', 'decode', 1);
  expect(recent.quantiles()).toEqual([{ medium: 'frame', stage: 'decode', p50: 1, p95: 1, p99: 1 }]);
});
