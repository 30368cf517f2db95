import type { RawPicture } from '@touchstone/models';

// The method "dwtDct" of ShieldMnt/invisible-watermark 0.2.0: one step of the Haar wavelet on the U channel, of whose
// low band every block of 4 x 4 carries one bit in its largest coefficient. (Its name promises a cosine transform that
// the package does not do.)

/** Pixels of a block, in each direction: 4 coefficients of 2 pixels. */
const BLOCK_PIXELS = 8;
/** Step by which the largest coefficient is quantised; the upper half of a step means 1. */
const SCALE = 36;
/** The package refuses smaller pictures. */
const MIN_PIXELS = 256 * 256;

// OpenCV's BGR2YUV for bytes, in 14-bit fixed point.
const SHIFT = 14;
const HALF = 1 << (SHIFT - 1);
const [RED, GREEN, BLUE, U_GAIN] = [4899, 9617, 1868, 8061];
const U_OFFSET = (128 << SHIFT) + HALF;
/** Weight of the Haar wavelet, as PyWavelets writes it. */
const ROOT = Math.SQRT1_2;

/** Votes for 1 of the blocks of a picture, in the order in which the bits of a message go round. */
export interface BlockBits {
  /** 0 or 1 a block, row by row. */
  readonly bits: Uint8Array;
}

/** @returns whether the package could have marked a picture of this size */
export const canCarryWatermark = (width: number, height: number): boolean => width * height >= MIN_PIXELS;

/**
 * One bit a block, as the package reads it.
 * @param picture RGB; only the whole blocks count
 */
export function readBlockBits({ data, width, height }: RawPicture): BlockBits {
  // The package first cuts to a multiple of four, then takes whole blocks of what the wavelet leaves.
  const columns = Math.floor(width / BLOCK_PIXELS);
  const rows = Math.floor(height / BLOCK_PIXELS);
  const bits = new Uint8Array(columns * rows);
  const stride = width * 3;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const start = row * BLOCK_PIXELS * stride + column * BLOCK_PIXELS * 3;
      let largest = 0;
      let coefficient = 0;
      for (let y = 0; y < BLOCK_PIXELS; y += 2) {
        // The first coefficient of a block is left alone.
        for (let x = y === 0 ? 2 : 0; x < BLOCK_PIXELS; x += 2) {
          const at = start + y * stride + x * 3;
          const upperLeft = chroma(data, at);
          const upperRight = chroma(data, at + 3);
          const lowerLeft = chroma(data, at + stride);
          const lowerRight = chroma(data, at + stride + 3);
          const sum = upperLeft + upperRight + lowerLeft + lowerRight;
          if (sum < largest) continue;
          const exact = haar(upperLeft, upperRight, lowerLeft, lowerRight);
          coefficient = sum > largest ? exact : Math.max(coefficient, exact);
          largest = sum;
        }
      }
      bits[row * columns + column] = coefficient % SCALE > SCALE / 2 ? 1 : 0;
    }
  }
  return { bits };
}

/** Half the sum of four, with the rounding errors of PyWavelets: one in 72 sums lies exactly on the border of two bits. */
const haar = (upperLeft: number, upperRight: number, lowerLeft: number, lowerRight: number): number =>
  ROOT * (ROOT * upperLeft + ROOT * lowerLeft) + ROOT * (ROOT * upperRight + ROOT * lowerRight);

function chroma(data: Uint8Array, at: number): number {
  const red = data[at] as number;
  const green = data[at + 1] as number;
  const blue = data[at + 2] as number;
  const luma = (red * RED + green * GREEN + blue * BLUE + HALF) >> SHIFT;
  return ((blue - luma) * U_GAIN + U_OFFSET) >> SHIFT;
}

/**
 * Majority over the repetitions of a message.
 * @param length of the message in bits
 * @returns one bit each, as the package decides: 1 from just under half of the votes on
 */
export function messageBits({ bits }: BlockBits, length: number): Uint8Array {
  const votes = new Uint32Array(length);
  const counts = new Uint32Array(length);
  for (let block = 0, bit = 0; block < bits.length; block++) {
    votes[bit] = (votes[bit] as number) + (bits[block] as number);
    counts[bit] = (counts[bit] as number) + 1;
    if (++bit === length) bit = 0;
  }
  return Uint8Array.from(votes, (ones, bit) => ((ones / Math.max(1, counts[bit] as number)) * 255 > 127 ? 1 : 0));
}
