/**
 * Pillow's resampling (Resample.c, 8 bits a channel), to the bit. Most public classifiers were trained
 * and measured behind it, and libvips' kernels differ from it by several grey levels; a pack that says so is prepared here.
 */

export const PILLOW_FILTERS = ['box', 'bilinear', 'bicubic', 'lanczos'] as const;
export type PillowFilter = (typeof PILLOW_FILTERS)[number];

/** Fixed-point bits of a weight: 32 less 8 for the pixel and 2 of headroom. */
const PRECISION_BITS = 22;

interface Filter {
  /** Half width at scale 1, in source pixels. */
  readonly support: number;
  weight(distance: number): number;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI));

function bicubic(distance: number): number {
  const a = -0.5;
  const x = Math.abs(distance);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

const filters: Readonly<Record<PillowFilter, Filter>> = {
  box: { support: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { support: 2, weight: bicubic },
  lanczos: { support: 3, weight: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

interface Weights {
  /** First source pixel of each output pixel. */
  readonly start: Int32Array;
  /** How many source pixels each output pixel reads. */
  readonly length: Int32Array;
  /** `stride` fixed-point weights for each output pixel. */
  readonly values: Int32Array;
  readonly stride: number;
}

function weightsFor(inSize: number, outSize: number, filter: Filter): Weights {
  const scale = inSize / outSize;
  const filterScale = Math.max(scale, 1);
  const support = filter.support * filterScale;
  const stride = Math.ceil(support) * 2 + 1;
  const start = new Int32Array(outSize);
  const length = new Int32Array(outSize);
  const values = new Int32Array(outSize * stride);
  const row = new Float64Array(stride);
  for (let out = 0; out < outSize; out += 1) {
    const center = (out + 0.5) * scale;
    const first = Math.max(0, Math.trunc(center - support + 0.5));
    const count = Math.min(inSize, Math.trunc(center + support + 0.5)) - first;
    let sum = 0;
    for (let x = 0; x < count; x += 1) {
      const weight = filter.weight((x + first - center + 0.5) / filterScale);
      row[x] = weight;
      sum += weight;
    }
    for (let x = 0; x < count; x += 1) {
      const share = sum === 0 ? (row[x] ?? 0) : (row[x] ?? 0) / sum;
      values[out * stride + x] = Math.trunc(share * 2 ** PRECISION_BITS + (share < 0 ? -0.5 : 0.5));
    }
    start[out] = first;
    length[out] = count;
  }
  return { start, length, values, stride };
}

/**
 * One pass along one axis of an interleaved picture.
 * @param step bytes between neighbours along the axis
 * @param lineStep bytes between lines across it
 */
function pass(
  source: Uint8Array,
  target: Uint8Array,
  weights: Weights,
  lines: number,
  axis: { readonly step: number; readonly lineStep: number; readonly outStep: number; readonly outLineStep: number },
  channels: number,
): void {
  const { start, length, values, stride } = weights;
  for (let line = 0; line < lines; line += 1) {
    for (let out = 0; out < start.length; out += 1) {
      const from = line * axis.lineStep + (start[out] ?? 0) * axis.step;
      const count = length[out] ?? 0;
      for (let channel = 0; channel < channels; channel += 1) {
        let sum = 1 << (PRECISION_BITS - 1);
        for (let x = 0; x < count; x += 1) {
          sum += (source[from + x * axis.step + channel] ?? 0) * (values[out * stride + x] ?? 0);
        }
        const value = sum >> PRECISION_BITS;
        target[line * axis.outLineStep + out * axis.outStep + channel] = Math.max(0, Math.min(255, value));
      }
    }
  }
}

/**
 * `Image.resize((outWidth, outHeight), filter)` of Pillow.
 * @param pixels interleaved 8-bit picture, `width * height * channels` bytes
 * @returns `outWidth * outHeight * channels` bytes; the input itself when the size does not change
 */
export function resizeLikePillow(
  pixels: Uint8Array,
  { width, height, channels }: { readonly width: number; readonly height: number; readonly channels: number },
  outWidth: number,
  outHeight: number,
  filter: PillowFilter,
): Uint8Array {
  let current = pixels;
  if (outWidth !== width) {
    const next = new Uint8Array(outWidth * height * channels);
    pass(
      current,
      next,
      weightsFor(width, outWidth, filters[filter]),
      height,
      { step: channels, lineStep: width * channels, outStep: channels, outLineStep: outWidth * channels },
      channels,
    );
    current = next;
  }
  if (outHeight !== height) {
    const next = new Uint8Array(outWidth * outHeight * channels);
    const row = outWidth * channels;
    pass(
      current,
      next,
      weightsFor(height, outHeight, filters[filter]),
      outWidth,
      { step: row, lineStep: channels, outStep: row, outLineStep: channels },
      channels,
    );
    current = next;
  }
  return current;
}
