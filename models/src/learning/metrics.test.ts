import { describe, expect, it } from 'vitest';
import { areaUnderRoc, balancedAccuracy, calibrationError, type Judged, shareAbove } from './metrics.ts';

const rows = (fakes: number[], reals: number[]): Judged[] => [
  ...fakes.map((probability) => ({ fake: true, probability })),
  ...reals.map((probability) => ({ fake: false, probability })),
];

describe('metrics', () => {
  it('ranks: perfect, reversed, tied, and a worked example', () => {
    expect(areaUnderRoc(rows([0.9, 0.8], [0.2, 0.1]))).toBe(1);
    expect(areaUnderRoc(rows([0.1], [0.9]))).toBe(0);
    expect(areaUnderRoc(rows([0.5, 0.5], [0.5]))).toBe(0.5);
    // Pairs won: 0.9 beats both, 0.4 beats 0.3 only: 3 of 4.
    expect(areaUnderRoc(rows([0.9, 0.4], [0.3, 0.6]))).toBe(0.75);
  });

  it('balanced accuracy does not depend on how many there are of each', () => {
    expect(balancedAccuracy(rows([0.9, 0.2], [0.1]))).toBe(0.75);
    expect(balancedAccuracy(rows([0.9, 0.2], [0.1, 0.1, 0.1, 0.1]))).toBe(0.75);
  });

  it('counts what lies above, not at, a threshold', () => {
    expect(shareAbove(rows([0.5, 0.6], [0.9]), true, 0.5)).toBe(0.5);
  });

  it('calibration error is 0 for honest numbers and the gap for boasting ones', () => {
    expect(calibrationError(rows([0.75, 0.75, 0.75, 0.25], [0.25, 0.25, 0.25, 0.75]))).toBeCloseTo(0, 10);
    expect(calibrationError(rows([0.95], [0.95]))).toBeCloseTo(0.45, 10);
  });
});
