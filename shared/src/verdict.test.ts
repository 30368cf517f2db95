import { describe, expect, it } from 'vitest';
import { confidenceOf } from './verdict.ts';
import { negotiate } from './version.ts';

describe('confidence', () => {
  it.each([
    ['ai', 0.81, 'high'],
    ['ai', 0.8, 'medium'],
    ['ai', 0.51, 'medium'],
    ['ai', 0.5, 'low'],
    ['authentic', 0.1, 'high'],
    ['authentic', 0.3, 'medium'],
    ['authentic', 0.6, 'low'],
    ['none', 0.99, 'low'],
  ] as const)('%s at %d is %s', (leaning, probability, level) => {
    expect(confidenceOf(leaning, probability)).toBe(level);
  });
});

describe('protocol negotiation', () => {
  it('takes the newest common version', () => {
    expect(negotiate({ min: 1, max: 9 }, { min: 1, max: 3 })).toEqual({ ok: true, version: 3 });
  });
  it('names the side that is behind', () => {
    expect(negotiate({ min: 1, max: 1 }, { min: 2, max: 3 })).toEqual({ ok: false, behind: 'theirs' });
    expect(negotiate({ min: 4, max: 5 }, { min: 2, max: 3 })).toEqual({ ok: false, behind: 'ours' });
  });
});
