import type { FrameSignature } from './frame-signature.ts';
import { hashDistance } from './perceptual-hash.ts';

/** Side of the luminance grid that is compared. */
const GRID = 8;
/** Bins of the luminance histogram. */
const BINS = 16;

/** What a timeline keeps of a signature: a tenth of its size, enough to tell a cut from motion. */
export interface FrameDescriptor {
  /** Mean luminance of an 8 x 8 grid, row by row, 0..255. */
  readonly grid: Uint8Array;
  /** Share of the luminance in each of 16 bins; 255 is all of it. */
  readonly histogram: Uint8Array;
  readonly hash: string;
}

/** Three ways in which two frames differ, each 0 (alike) to 1. */
export interface FrameDifference {
  /** Mean difference of the luminance grids. */
  readonly grid: number;
  /** Share of the luminance that lies in another bin. */
  readonly histogram: number;
  /** Differing bits of the hashes; unrelated pictures have about one half. */
  readonly hash: number;
}

/** Weights and limit of the difference that counts as a cut; see models/evaluation/video.md, "Cuts". */
const WEIGHTS: FrameDifference = { grid: 2, histogram: 1, hash: 1 };
const CUT_FROM = 1;

export function describeFrame({ grey, hash }: FrameSignature): FrameDescriptor {
  const side = Math.sqrt(grey.length);
  const cell = side / GRID;
  const grid = new Float64Array(GRID * GRID);
  const histogram = new Float64Array(BINS);
  for (const [at, level] of grey.entries()) {
    const index = Math.floor(Math.floor(at / side) / cell) * GRID + Math.floor((at % side) / cell);
    grid[index] = (grid[index] ?? 0) + level / cell ** 2;
    const bin = (level * BINS) >> 8;
    histogram[bin] = (histogram[bin] ?? 0) + 255 / grey.length;
  }
  return { grid: Uint8Array.from(grid, Math.round), histogram: Uint8Array.from(histogram, Math.round), hash };
}

export function frameDifference(a: FrameDescriptor, b: FrameDescriptor): FrameDifference {
  return {
    grid: sumOfDifferences(a.grid, b.grid) / (255 * a.grid.length),
    histogram: sumOfDifferences(a.histogram, b.histogram) / (2 * 255),
    hash: hashDistance(a.hash, b.hash) / 64,
  };
}

/** Whether two sampled frames lie in different shots. A frame that nobody has a descriptor of never does. */
export function isCut(a: FrameDescriptor | undefined, b: FrameDescriptor | undefined): boolean {
  if (!a || !b) return false;
  const { grid, histogram, hash } = frameDifference(a, b);
  return WEIGHTS.grid * grid + WEIGHTS.histogram * histogram + WEIGHTS.hash * hash >= CUT_FROM;
}

function sumOfDifferences(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum;
}
