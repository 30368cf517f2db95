import { BAND_KEYS, type BandMeasurement } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { scoreDrift } from './score-drift.ts';

/** A card whose set holds as many generated as camera pictures, with these shares of either in each band. */
function card(generated: readonly number[], camera: readonly number[]): BandMeasurement[] {
  return BAND_KEYS.map((band, i) => {
    const [ai = 0, real = 0] = [generated[i], camera[i]];
    return { band, pictures: Math.round((ai + real) * 5_000), aiShare: ai / (ai + real) };
  });
}

const GENERATED = [0.05, 0.1, 0.25, 0.6];
const CAMERA = [0.6, 0.3, 0.08, 0.02];

function met(shares: readonly number[], pictures = 1_000) {
  const [unlikely = 0, ratherUnlikely = 0, ratherLikely = 0, likely = 0] = shares.map((share) => share * pictures);
  return { unlikely, 'rather-unlikely': ratherUnlikely, 'rather-likely': ratherLikely, likely };
}

const mix = (share: number): number[] => GENERATED.map((ai, i) => share * ai + (1 - share) * (CAMERA[i] ?? 0));

describe('drift of scores', () => {
  it.each([0.02, 0.2, 0.5, 0.9])('is none where only the mix differs: %d generated', (share) => {
    expect(scoreDrift(met(mix(share)), card(GENERATED, CAMERA))).toBeLessThan(0.005);
  });

  it('also where the card’s own set is not half generated', () => {
    const uneven = BAND_KEYS.map((band, i) => {
      const [ai = 0, real = 0] = [GENERATED[i], CAMERA[i]];
      return { band, pictures: Math.round((0.8 * ai + 0.2 * real) * 10_000), aiShare: ai / (ai + real) };
    });
    expect(scoreDrift(met(mix(0.3)), uneven)).toBeLessThan(0.01);
  });

  it('is much where scores crowd into the middle, which no mix explains', () => {
    expect(scoreDrift(met([0.05, 0.6, 0.3, 0.05]), card(GENERATED, CAMERA))).toBeGreaterThan(0.25);
  });

  it('is a number also for empty bands on either side', () => {
    const empty = card([0, 0, 0.3, 0.7], [0.7, 0.3, 0, 0]);
    for (const counts of [met([1, 0, 0, 0]), met([0, 0, 0, 1]), met([0, 0, 0, 0])]) {
      expect(scoreDrift(counts, empty)).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(scoreDrift(counts, empty))).toBe(true);
    }
  });
});
