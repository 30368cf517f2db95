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
/** Of larger pictures some rows of blocks are read, evenly spread: 125 repetitions of a message of 48 bits. */
export const ALL_BLOCKS = 6_000;

// OpenCV's BGR2YUV for bytes, in 14-bit fixed point.
const SHIFT = 14;
const HALF = 1 << (SHIFT - 1);
const [RED, GREEN, BLUE, U_GAIN] = [4899, 9617, 1868, 8061];
const U_OFFSET = (128 << SHIFT) + HALF;
/**
 * Pictures of floating-point numbers get 0.5 instead of 128 for grey: what the wavelet makes of the difference. The
 * largest coefficient is then another one, and bits below grey come out the other way round.
 */
const FLOAT_OFFSET = 255;
/** Weight of the Haar wavelet, as PyWavelets writes it. */
const ROOT = Math.SQRT1_2;

/** How the program that hid a message handed its picture to the package. */
export const READINGS = ['bytes', 'float', 'float-swapped'] as const;
/**
 * - `bytes`: as the package's own decoder reads; scripts that convert to bytes first
 * - `float`: pipelines that hand over floating-point numbers (diffusers, Stability AI, Black Forest Labs)
 * - `float-swapped`: the same with red and blue exchanged, as diffusers did at first
 */
export type Reading = (typeof READINGS)[number];

/** A bit for each block, row by row: 0, 1, or NOT_READ. */
export type BlockBits = Readonly<Record<Reading, Int8Array>>;
const NOT_READ = -1;

/** @returns whether the package could have marked a picture of this size */
export const canCarryWatermark = (width: number, height: number): boolean => width * height >= MIN_PIXELS;

/**
 * Reads the blocks of a picture (RGB). Only whole blocks count.
 * @param most blocks; of a picture that has more, whole rows of them, evenly spread
 */
export function readBlockBits({ data, width, height }: RawPicture, most = ALL_BLOCKS): BlockBits {
  // The package first cuts to a multiple of four, then takes whole blocks of what the wavelet leaves.
  const columns = Math.floor(width / BLOCK_PIXELS);
  const rows = Math.floor(height / BLOCK_PIXELS);
  const empty = (): Int8Array => new Int8Array(columns * rows).fill(NOT_READ);
  const found: BlockBits = { bytes: empty(), float: empty(), 'float-swapped': empty() };
  const step = Math.max(1, (columns * rows) / most);
  for (let row = 0; row < rows; row += step) {
    for (let column = 0; column < columns; column++) {
      const block = Math.floor(row) * columns + column;
      readBlock(data, Math.floor(row) * BLOCK_PIXELS, column * BLOCK_PIXELS, width, found, block);
    }
  }
  return found;
}

function readBlock(data: Uint8Array, top: number, left: number, width: number, found: BlockBits, block: number): void {
  const stride = width * 3;
  let largest = 0;
  let coefficient = 0;
  let floating = 0;
  let swapped = 0;
  for (let y = 0; y < BLOCK_PIXELS; y += 2) {
    // The first coefficient of a block is left alone.
    for (let x = y === 0 ? 2 : 0; x < BLOCK_PIXELS; x += 2) {
      const at = (top + y) * stride + (left + x) * 3;
      const upperLeft = chroma(data, at, 0);
      const upperRight = chroma(data, at + 3, 0);
      const lowerLeft = chroma(data, at + stride, 0);
      const lowerRight = chroma(data, at + stride + 3, 0);
      const sum = upperLeft + upperRight + lowerLeft + lowerRight;
      if (sum >= largest) {
        const exact = haar(upperLeft, upperRight, lowerLeft, lowerRight);
        coefficient = sum > largest ? exact : Math.max(coefficient, exact);
        largest = sum;
      }
      floating = Math.max(floating, Math.abs(sum / 2 - FLOAT_OFFSET));
      const other =
        chroma(data, at, 2) + chroma(data, at + 3, 2) + chroma(data, at + stride, 2) + chroma(data, at + stride + 3, 2);
      swapped = Math.max(swapped, Math.abs(other / 2 - FLOAT_OFFSET));
    }
  }
  found.bytes[block] = bitOf(coefficient);
  found.float[block] = bitOf(floating);
  found['float-swapped'][block] = bitOf(swapped);
}

const bitOf = (coefficient: number): number => (coefficient % SCALE > SCALE / 2 ? 1 : 0);

/** Half the sum of four, with the rounding errors of PyWavelets: one in 72 sums lies exactly on the border of two bits. */
const haar = (upperLeft: number, upperRight: number, lowerLeft: number, lowerRight: number): number =>
  ROOT * (ROOT * upperLeft + ROOT * lowerLeft) + ROOT * (ROOT * upperRight + ROOT * lowerRight);

/** U of a pixel. @param red place of red among the three bytes; 2 exchanges it with blue */
function chroma(data: Uint8Array, at: number, red: 0 | 2): number {
  const blue = data[at + 2 - red] as number;
  const luma = ((data[at + red] as number) * RED + (data[at + 1] as number) * GREEN + blue * BLUE + HALF) >> SHIFT;
  return ((blue - luma) * U_GAIN + U_OFFSET) >> SHIFT;
}

/**
 * Majority over the repetitions of a message.
 * @param bits of the blocks
 * @param length of the message in bits
 * @returns one bit each, as the package decides: 1 from just under half of the votes on
 */
export function messageBits(bits: Int8Array, length: number): Uint8Array {
  const votes = new Uint32Array(length);
  const counts = new Uint32Array(length);
  for (let block = 0, place = 0; block < bits.length; block++) {
    const bit = bits[block] as number;
    if (bit !== NOT_READ) {
      votes[place] = (votes[place] as number) + bit;
      counts[place] = (counts[place] as number) + 1;
    }
    if (++place === length) place = 0;
  }
  return Uint8Array.from(votes, (ones, i) => ((ones / Math.max(1, counts[i] as number)) * 255 > 127 ? 1 : 0));
}
