import { logitOf } from '@touchstone/models';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { onScaleOf } from './pack-scale.ts';

const logit = fc.double({ min: -14, max: 14, noNaN: true });
const thresholds = fc
  .record({
    realBelow: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
    gap: fc.double({ min: 0.05, max: 0.45, noNaN: true }),
  })
  .map(({ realBelow, gap }) => ({ realBelow, fakeAbove: realBelow + gap }));

it('keeps order and verdict', () => {
  fc.assert(
    fc.property(thresholds, thresholds, logit, logit, (wanted, own, a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map((value) => onScaleOf(wanted, own, value));
      expect(low ?? 0).toBeLessThanOrEqual((high ?? 0) + 1e-9);
      if (a > logitOf(own.fakeAbove) + 1e-6)
        expect(onScaleOf(wanted, own, a)).toBeGreaterThan(logitOf(wanted.fakeAbove));
      if (a < logitOf(own.realBelow) - 1e-6) expect(onScaleOf(wanted, own, a)).toBeLessThan(logitOf(wanted.realBelow));
    }),
  );
});

it('changes nothing between packs with the same thresholds', () => {
  fc.assert(
    fc.property(thresholds, logit, (both, value) => {
      expect(onScaleOf(both, both, value)).toBeCloseTo(value, 6);
    }),
  );
});
