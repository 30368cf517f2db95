import { describe, expect, it } from 'vitest';
import { createSampleRate, PAGE_RATE } from './sample-rate.ts';

describe('sample rate', () => {
  it('starts at two a second', () => {
    expect(createSampleRate().rate(1, false)).toBe(2);
  });

  it('follows the companion within half and four a second', () => {
    const rate = createSampleRate();
    rate.answered(50, 4);
    expect(rate.rate(1, false)).toBe(4);
    rate.answered(50, 8);
    expect(rate.rate(1, false)).toBe(4);
    rate.answered(50, 0);
    expect(rate.rate(1, false)).toBe(0.5);
  });

  it('slows down for a companion that is slow to answer, and recovers', () => {
    const rate = createSampleRate();
    for (let answer = 0; answer < 20; answer += 1) rate.answered(2000, 2);
    expect(rate.rate(1, false)).toBeCloseTo(0.8);
    for (let answer = 0; answer < 20; answer += 1) rate.answered(40, 2);
    expect(rate.rate(1, false)).toBe(2);
  });

  it('shares the page among its videos and never screenshots more than once a second', () => {
    const rate = createSampleRate();
    expect(10 * rate.rate(10, false)).toBeLessThanOrEqual(PAGE_RATE);
    expect(rate.rate(1, true)).toBe(1);
  });
});
