import * as v from 'valibot';
import { FiniteNumber } from './finite-number.ts';

/**
 * The four words a probability is told in, from the lowest. Each holds from its edge up to the next one; the edges are
 * those of the confidence levels (one half and 0.8), mirrored, so that words and levels never contradict each other.
 */
export const PROBABILITY_BANDS = [
  { key: 'unlikely', from: 0 },
  { key: 'rather-unlikely', from: 0.2 },
  { key: 'rather-likely', from: 0.5 },
  { key: 'likely', from: 0.8 },
] as const;

export const BAND_KEYS = ['unlikely', 'rather-unlikely', 'rather-likely', 'likely'] as const;
export type BandKey = (typeof BAND_KEYS)[number];

/** Band of a calibrated probability that something is AI, 0..1. */
export function bandOf(probability: number): BandKey {
  return PROBABILITY_BANDS.findLast(({ from }) => probability >= from)?.key ?? 'unlikely';
}

/** Upper edge of a band; 1 for the highest. */
export function bandEnd(key: BandKey): number {
  return PROBABILITY_BANDS[BAND_KEYS.indexOf(key) + 1]?.from ?? 1;
}

/** What a band was worth on a pack's evaluation set. */
export const BandMeasurement = v.object({
  band: v.picklist(BAND_KEYS),
  /** Pictures of the set that fell into the band. */
  pictures: v.pipe(FiniteNumber, v.integer(), v.minValue(0)),
  /** Share of them that are AI, 0..1, with both classes given the same weight as in the calibration. */
  aiShare: v.pipe(FiniteNumber, v.minValue(0), v.maxValue(1)),
});
export type BandMeasurement = v.InferOutput<typeof BandMeasurement>;
