import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate, combineLogits, logitOf, sigmoid } from './calibration.ts';

const logit = fc.double({ min: -1e4, max: 1e4, noNaN: true });
const platt = fc.record({
  scale: fc.double({ min: 1e-3, max: 50, noNaN: true }),
  bias: fc.double({ min: -50, max: 50, noNaN: true }),
});

describe('calibrate', () => {
  it('is a probability, rises with the logit, and never claims certainty', () => {
    fc.assert(
      fc.property(logit, logit, platt, (a, b, rule) => {
        const [low, high] = [calibrate(Math.min(a, b), rule), calibrate(Math.max(a, b), rule)];
        expect(low).toBeGreaterThan(0);
        expect(high).toBeLessThan(1);
        expect(low).toBeLessThanOrEqual(high);
      }),
    );
  });
  it('is symmetric around the point where scale * logit + bias is 0', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), platt, (distance, { scale, bias }) => {
        const above = calibrate((distance - bias) / scale, { scale, bias });
        const below = calibrate((-distance - bias) / scale, { scale, bias });
        expect(above + below).toBeCloseTo(1, 6);
      }),
    );
  });
  it('has the values of the formula', () => {
    expect(calibrate(0, { scale: 1, bias: 0 })).toBe(0.5);
    expect(calibrate(2, { scale: 0.5, bias: 1 })).toBeCloseTo(0.880797, 6);
    expect(logitOf(sigmoid(3.25))).toBeCloseTo(3.25, 9);
  });
});

describe('combineLogits', () => {
  it('takes the mean or the highest', () => {
    expect(combineLogits([1, 2, 6], 'mean-logit')).toBe(3);
    expect(combineLogits([-5, -2, -9], 'max-logit')).toBe(-2);
  });
  it('lies between the lowest and the highest view', () => {
    fc.assert(
      fc.property(fc.array(logit, { minLength: 1, maxLength: 9 }), (views) => {
        const mean = combineLogits(views, 'mean-logit');
        expect(mean).toBeGreaterThanOrEqual(Math.min(...views) - 1e-6);
        expect(mean).toBeLessThanOrEqual(Math.max(...views) + 1e-6);
      }),
    );
  });
});
