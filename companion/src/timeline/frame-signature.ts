import type { RawPicture } from '@touchstone/models';
import { greyGrid, makeMiniature } from '../decode/miniature.ts';
import { HASH_SAMPLE_SIDE, hashDistance, perceptualHash } from '../intake/perceptual-hash.ts';

const LUMA_SIDE = 8;
/** Levels of each colour in the histogram; 4 x 4 x 4 = 64 bins. */
const LEVELS = 4;
const FULL = 255;

/** What a frame looks like in 150 bytes: enough to tell a cut from motion, and far too little to see anything. */
export interface FrameSignature {
  /** Mean luminance of an 8 x 8 grid, row by row. */
  readonly luma: Uint8Array;
  /** Share of the pixels in each of 64 colours; 255 is all of them. */
  readonly colours: Uint8Array;
  /** 64-bit perceptual hash, hexadecimal. */
  readonly hash: string;
}

/** @param picture a decoded frame at any size, or its miniature */
export function signFrame(picture: RawPicture): FrameSignature {
  const miniature = makeMiniature(picture);
  return {
    luma: greyGrid(miniature, LUMA_SIDE),
    colours: colourShares(miniature),
    hash: perceptualHash(greyGrid(miniature, HASH_SAMPLE_SIDE)),
  };
}

function colourShares({ data, width, height }: RawPicture): Uint8Array {
  const counts = new Uint32Array(LEVELS ** 3);
  const level = (at: number): number => (data[at] ?? 0) >> 6;
  for (let at = 0; at < data.length; at += 3) {
    const bin = (level(at) * LEVELS + level(at + 1)) * LEVELS + level(at + 2);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return Uint8Array.from(counts, (count) => Math.round((FULL * count) / (width * height)));
}

/** Three ways in which two frames differ, each 0 (alike) to 1. */
export interface FrameDifference {
  /** Mean difference of the luminance grids. */
  readonly luma: number;
  /** Share of the pixels that changed their colour. */
  readonly colours: number;
  /** Differing bits of the hashes; unrelated pictures have about one half. */
  readonly hash: number;
}

export function frameDifference(a: FrameSignature, b: FrameSignature): FrameDifference {
  return {
    luma: sumOfDifferences(a.luma, b.luma) / (FULL * a.luma.length),
    colours: sumOfDifferences(a.colours, b.colours) / (2 * FULL),
    hash: hashDistance(a.hash, b.hash) / 64,
  };
}

function sumOfDifferences(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum;
}
