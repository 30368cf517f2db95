import type { RawPicture } from '@touchstone/models';
import { type QuantisationTable, standardTable } from './jpeg-tables.ts';

// A picture that was saved as JPEG before, more strongly than now, has gaps in the histograms of its coefficients:
// only multiples of the earlier, larger step survive. (Popescu and Farid, "Statistical tools for digital forensics",
// 2004.) Here every earlier quality of the standard tables is tried, and the likelihood of its gaps decides.

const SIDE = 8;
/** Blocks looked at, spread over the picture. */
const MAX_BLOCKS = 1500;
/** Low frequencies, as [row, column, place in zigzag order]: they have most values besides zero. */
const MODES = [
  [0, 1, 1],
  [1, 0, 2],
  [2, 0, 3],
  [1, 1, 4],
  [0, 2, 5],
  [0, 3, 6],
  [1, 2, 7],
  [2, 1, 8],
  [3, 0, 9],
] as const;
const MAX_LEVEL = 40;
/** Share of values that rounding and clipping move into a gap. */
const STRAY = 0.08;
const LOWEST_QUALITY = 30;
const HIGHEST_QUALITY = 96;
/** Below this many values besides zero nothing can be told. */
const MIN_VALUES = 300;
/** Deviation of a coefficient after pixels were rounded to bytes and colours converted and back. */
const ROUNDING_NOISE = 0.4;
/** Gain in log-likelihood a value (nats) from which on an earlier save is reported. */
const MIN_GAIN = 0.15;

/** Cosines of the frequencies 0..3, eight samples each, so that the transform keeps lengths. */
const FREQUENCIES = 4;
const waves = Float64Array.from({ length: FREQUENCIES * SIDE }, (_, i) => {
  const [k, n] = [Math.floor(i / SIDE), i % SIDE];
  return Math.cos(((2 * n + 1) * k * Math.PI) / (2 * SIDE)) * (k === 0 ? Math.SQRT1_2 : 1) * 0.5;
});

/** Histograms of quantised levels 1..MAX_LEVEL (without sign), a mode each. */
function levelHistograms({ data, width, height }: RawPicture, table: QuantisationTable): Float64Array[] {
  const columns = Math.floor(width / SIDE);
  const total = columns * Math.floor(height / SIDE);
  const histograms = MODES.map(() => new Float64Array(MAX_LEVEL + 1));
  const step = Math.max(1, total / MAX_BLOCKS);
  const luma = new Float64Array(SIDE * SIDE);
  const across = new Float64Array(SIDE * FREQUENCIES);
  for (let number = 0; number < total; number += step) {
    const block = Math.floor(number);
    const origin = (Math.floor(block / columns) * SIDE * width + (block % columns) * SIDE) * 3;
    // Clipped blocks no longer hold what was stored.
    if (!readLuma(data, origin, width * 3, luma)) continue;
    for (let y = 0; y < SIDE; y++) {
      for (let k = 0; k < FREQUENCIES; k++) {
        let sum = 0;
        for (let x = 0; x < SIDE; x++) sum += (luma[y * SIDE + x] as number) * (waves[k * SIDE + x] as number);
        across[k * SIDE + y] = sum;
      }
    }
    for (let mode = 0; mode < MODES.length; mode++) {
      const [row, column, zigzag] = MODES[mode] as (typeof MODES)[number];
      let sum = 0;
      for (let y = 0; y < SIDE; y++) sum += (across[column * SIDE + y] as number) * (waves[row * SIDE + y] as number);
      const level = Math.abs(Math.round(sum / (table[zigzag] ?? 1)));
      const histogram = histograms[mode] as Float64Array;
      if (level >= 1 && level <= MAX_LEVEL) histogram[level] = (histogram[level] as number) + 1;
    }
  }
  return histograms;
}

/** @returns false when a value lies at an end of its range */
function readLuma(data: Uint8Array, origin: number, stride: number, luma: Float64Array): boolean {
  for (let y = 0, i = 0; y < SIDE; y++) {
    for (let at = origin + y * stride, end = at + SIDE * 3; at < end; at += 3, i++) {
      const value = 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);
      if (value < 1 || value > 254) return false;
      luma[i] = value;
    }
  }
  return true;
}

/**
 * Chances of the levels 1..MAX_LEVEL when values fall off exponentially and were first rounded to `ratio` levels.
 * @param blur deviation that the rounding of pixels adds, in levels
 * @param chances written anew
 */
function expectedLevels(decay: number, ratio: number, blur: number, chances: Float64Array): void {
  chances.fill(0);
  let sum = 0;
  for (let multiple = 1; multiple * ratio < MAX_LEVEL + 1; multiple++) {
    const mass = Math.exp(-decay * (multiple - 0.5) * ratio) - Math.exp(-decay * (multiple + 0.5) * ratio);
    const centre = multiple * ratio;
    const [below, above] = [Math.floor(centre), Math.ceil(centre)];
    // Where the value lies near the border of two levels, rounding sends it to either.
    const upper = Math.min(1, Math.max(0, (centre - below - 0.5) / (2 * blur) + 0.5));
    // Below level 1 lies nothing: a ratio is at least 1.
    if (below <= MAX_LEVEL) {
      chances[below] = (chances[below] as number) + mass * (1 - upper);
      sum += mass * (1 - upper);
    }
    if (above <= MAX_LEVEL) {
      chances[above] = (chances[above] as number) + mass * upper;
      sum += mass * upper;
    }
  }
  const whole = Math.max(sum, Number.MIN_VALUE);
  for (let level = 1; level <= MAX_LEVEL; level++) chances[level] = (chances[level] as number) / whole;
}

/** What a mode's histogram says by itself, whatever the earlier save is thought to have been. */
interface ModeLevels {
  readonly zigzag: number;
  readonly histogram: Float64Array;
  /** Values in it. */
  readonly count: number;
  readonly decay: number;
  /** Chances of the levels after a single save. */
  readonly single: Float64Array;
}

function modeLevels(histogram: Float64Array, zigzag: number): ModeLevels {
  const count = histogram.reduce((sum, n) => sum + n, 0);
  const mean = histogram.reduce((sum, n, level) => sum + n * level, 0) / Math.max(1, count);
  const decay = Math.log(1 + 1 / Math.max(0.05, mean - 0.5));
  const single = new Float64Array(MAX_LEVEL + 1);
  expectedLevels(decay, 1, ROUNDING_NOISE, single);
  return { zigzag, histogram, count, decay, single };
}

/** An earlier save that left its gaps, or undefined. */
interface EarlierSave {
  /** Of the standard tables, 1..100. */
  readonly quality: number;
  /** Log-likelihood gained over a single save, nats a value. */
  readonly gain: number;
}

/**
 * Looks for an earlier save at a lower quality. Earlier saves at a higher quality leave no gaps and are not found.
 * @param picture decoded and not turned: its blocks must lie as they were stored
 * @param table luminance table of the last save
 */
export function earlierSave(picture: RawPicture, table: QuantisationTable): EarlierSave | undefined {
  const histograms = levelHistograms(picture, table);
  const modes = MODES.map(([, , zigzag], mode) => modeLevels(histograms[mode] ?? new Float64Array(0), zigzag));
  const double = new Float64Array(MAX_LEVEL + 1);
  let best: EarlierSave | undefined;
  for (let quality = LOWEST_QUALITY; quality <= HIGHEST_QUALITY; quality++) {
    const earlier = standardTable('luminance', quality);
    let [values, gained] = [0, 0];
    for (const { zigzag, histogram, count, decay, single } of modes) {
      const step = table[zigzag] ?? 1;
      const ratio = (earlier[zigzag] ?? 1) / step;
      if (ratio < 1.3) continue;
      expectedLevels(decay, ratio, ROUNDING_NOISE / step, double);
      for (let level = 1; level <= MAX_LEVEL; level++) {
        const n = histogram[level] as number;
        if (n === 0) continue;
        const chance = single[level] as number;
        gained += n * Math.log(((1 - STRAY) * (double[level] as number) + STRAY * chance) / Math.max(chance, 1e-12));
      }
      values += count;
    }
    const gain = values >= MIN_VALUES ? gained / values : 0;
    if (gain > (best?.gain ?? MIN_GAIN)) best = { quality, gain };
  }
  return best;
}
