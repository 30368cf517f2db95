import { describe, expect, it } from 'vitest';
import { createSampleRate, PAGE_RATE, SCREENSHOT_RATE } from './sample-rate.ts';

describe('sample rate', () => {
  it('starts at two a second', () => {
    expect(createSampleRate().rate(1, 0)).toBe(2);
  });

  it('follows the companion within half and four a second', () => {
    const rate = createSampleRate();
    rate.answered(50, 4);
    expect(rate.rate(1, 0)).toBe(4);
    rate.answered(50, 8);
    expect(rate.rate(1, 0)).toBe(4);
    rate.answered(50, 0);
    expect(rate.rate(1, 0)).toBe(0.5);
  });

  it('slows down for a companion that is slow to answer, and recovers', () => {
    const rate = createSampleRate();
    for (let answer = 0; answer < 20; answer += 1) rate.answered(2000, 2);
    expect(rate.rate(1, 0)).toBeCloseTo(0.8);
    for (let answer = 0; answer < 20; answer += 1) rate.answered(40, 2);
    expect(rate.rate(1, 0)).toBe(2);
  });

  it('shares the page among its videos', () => {
    const rate = createSampleRate();
    expect(10 * rate.rate(10, 0)).toBeLessThanOrEqual(PAGE_RATE);
  });
});

describe('sample rate of screenshots', () => {
  it('starts at one a second and rises to what browsers allow while nobody else needs the screen', () => {
    const rate = createSampleRate();
    expect(rate.rate(1, 1)).toBe(1);
    for (let shot = 0; shot < 10; shot += 1) rate.shot(true);
    expect(rate.rate(1, 1)).toBe(SCREENSHOT_RATE);
    expect(rate.rate(1, 1)).toBeLessThan(2);
  });

  it('falls where the screen is refused, and not below the lowest', () => {
    const rate = createSampleRate();
    for (let shot = 0; shot < 10; shot += 1) rate.shot(true);
    rate.shot(false);
    expect(rate.rate(1, 1)).toBeLessThan(1);
    for (let shot = 0; shot < 10; shot += 1) rate.shot(false);
    expect(rate.rate(1, 1)).toBe(0.5);
    rate.shot(true);
    expect(rate.rate(1, 1)).toBe(0.75);
  });

  it('is shared by the videos that need it', () => {
    const rate = createSampleRate();
    for (let shot = 0; shot < 10; shot += 1) rate.shot(true);
    expect(3 * rate.rate(3, 3)).toBeCloseTo(SCREENSHOT_RATE);
  });

  it('does not take more than the companion wants', () => {
    const rate = createSampleRate();
    for (let shot = 0; shot < 10; shot += 1) rate.shot(true);
    rate.answered(50, 0.5);
    expect(rate.rate(1, 1)).toBe(0.5);
  });
});
