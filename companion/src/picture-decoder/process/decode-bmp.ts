import type { RawPicture } from '@touchstone/models/pixels';
import { TouchstoneError } from '@touchstone/shared';
import { type BmpLayout, readBmpLayout } from './bmp-layout.ts';
import { unpackRle } from './bmp-rle.ts';

/**
 * Decodes a BMP, which the picture library cannot. Alpha is ignored, as browsers ignore it in most BMP files.
 * @throws TouchstoneError `broken-picture`
 */
export function decodeBmp(bytes: Uint8Array): RawPicture {
  const layout = readBmpLayout(bytes);
  const { width, height, packed } = layout;
  const rgb = new Uint8Array(width * height * 3);
  const draw = layout.palette ? indexed(layout, layout.palette) : direct(layout);
  if (packed) drawIndices(unpackRle(layout), layout, rgb);
  else drawRows(layout, rgb, draw);
  return { data: rgb, width, height };
}

/** Writes the colours of one stored row. */
type DrawRow = (row: Buffer, rgb: Uint8Array, to: number) => void;

function drawRows({ pixels, width, height, bits, fromTop }: BmpLayout, rgb: Uint8Array, draw: DrawRow): void {
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (pixels.length < stride * height - (stride - Math.ceil((width * bits) / 8))) {
    throw new TouchstoneError('broken-picture', 'rows of the BMP are missing');
  }
  for (let y = 0; y < height; y++) {
    draw(pixels.subarray(y * stride), rgb, (fromTop ? y : height - 1 - y) * width * 3);
  }
}

function indexed({ width, bits }: BmpLayout, palette: Uint8Array): DrawRow {
  const perByte = 8 / bits;
  const mask = (1 << bits) - 1;
  return (row, rgb, to) => {
    for (let x = 0; x < width; x++) {
      const shift = 8 - bits * ((x % perByte) + 1);
      const index = ((row[Math.floor(x / perByte)] ?? 0) >> shift) & mask;
      rgb.set(palette.subarray(index * 3, index * 3 + 3), to + x * 3);
    }
  };
}

function drawIndices(indices: Uint8Array, { width, height, palette }: BmpLayout, rgb: Uint8Array): void {
  for (let at = 0; at < width * height; at++) {
    const index = (indices[at] ?? 0) * 3;
    rgb.set(palette?.subarray(index, index + 3) ?? [], at * 3);
  }
}

function direct({ width, bits, masks }: BmpLayout): DrawRow {
  if (bits === 24) {
    return (row, rgb, to) => {
      for (let at = 0; at < width * 3; at += 3) {
        rgb[to + at] = row[at + 2] ?? 0;
        rgb[to + at + 1] = row[at + 1] ?? 0;
        rgb[to + at + 2] = row[at] ?? 0;
      }
    };
  }
  const channels = masks.map(channel);
  const size = bits / 8;
  return (row, rgb, to) => {
    for (let x = 0; x < width; x++) {
      const value = size === 2 ? row.readUInt16LE(x * 2) : row.readUInt32LE(x * 4);
      for (const [index, read] of channels.entries()) rgb[to + x * 3 + index] = read(value);
    }
  };
}

/** Brings the bits under a mask to 0..255. */
function channel(mask: number): (value: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return (value) => Math.round(((((value & mask) >>> 0) >>> shift) * 255) / most);
}
