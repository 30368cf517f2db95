import { expect, it } from 'vitest';
import { SILENCE_MS, whoMakesWay } from './who-makes-way.ts';

const caller = (since: number, silent: boolean) => ({ since, silent: () => silent });

it('is the oldest that has been silent for a while', () => {
  const [talking, silent, later] = [caller(0, false), caller(1, true), caller(2, true)];
  expect(whoMakesWay([talking, silent, later], SILENCE_MS + 2)).toBe(silent);
});

it('is the oldest of all where nobody was silent for long: a newcomer has not spoken yet', () => {
  const [talking, newcomer] = [caller(0, false), caller(SILENCE_MS, true)];
  expect(whoMakesWay([talking, newcomer], SILENCE_MS + 1)).toBe(talking);
  expect(whoMakesWay([], 0)).toBeUndefined();
});
