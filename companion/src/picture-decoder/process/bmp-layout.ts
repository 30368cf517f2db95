import { TouchstoneError } from '@touchstone/shared';
import { readBmpHeader } from '../../decode/bmp-header.ts';

/** How a BMP stores its pixels (Microsoft, "Bitmap Storage"; OS/2 for the oldest header). */
export interface BmpLayout {
  readonly width: number;
  readonly height: number;
  /** Rows begin at the top; most files begin at the bottom. */
  readonly fromTop: boolean;
  /** Of a pixel: 1, 4 and 8 with a palette, 16, 24 and 32 without. */
  readonly bits: number;
  /** Run lengths of whole bytes or of halves. */
  readonly packed: boolean;
  /** RGB of each index; always as many as the bits can name, so that no index lies outside. */
  readonly palette: Uint8Array | undefined;
  /** Where red, green and blue lie in 16 and 32 bits. */
  readonly masks: readonly [number, number, number];
  /** All that follows from where the pixels begin. */
  readonly pixels: Buffer;
}

const FILE_HEAD_BYTES = 14;
const [OLD_HEAD_BYTES, MASKED_HEAD_BYTES] = [12, 52];
const COMPRESSION = { none: 0, rle8: 1, rle4: 2, masks: 3, masksWithAlpha: 6 } as const;
const DEPTHS: ReadonlySet<number> = new Set([1, 2, 4, 8, 16, 24, 32]);
const DEFAULT_MASKS = { 16: [0x7c00, 0x3e0, 0x1f], 32: [0xff0000, 0xff00, 0xff] } as const;

/** @throws TouchstoneError `broken-picture` for a header that makes no sense, or pixels stored in a way that nobody uses */
export function readBmpLayout(bytes: Uint8Array): BmpLayout {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = readBmpHeader(bytes);
  const headBytes = buffer.readUInt32LE(FILE_HEAD_BYTES);
  const old = headBytes === OLD_HEAD_BYTES;
  const bits = buffer.readUInt16LE(old ? 24 : 28);
  const compression = headBytes >= 20 && buffer.length >= 34 ? buffer.readUInt32LE(30) : COMPRESSION.none;
  const packed = compression === COMPRESSION.rle8 || compression === COMPRESSION.rle4;
  const masked = compression === COMPRESSION.masks || compression === COMPRESSION.masksWithAlpha;
  if (!DEPTHS.has(bits) || (packed && bits !== (compression === COMPRESSION.rle8 ? 8 : 4))) throw strange();
  if (!packed && !masked && compression !== COMPRESSION.none) throw strange();
  if (masked && bits !== 16 && bits !== 32) throw strange();
  const from = buffer.readUInt32LE(10);
  const coloursAt = FILE_HEAD_BYTES + headBytes;
  if (from < coloursAt || from > buffer.length) throw new TouchstoneError('broken-picture', 'the BMP is cut off');
  return {
    ...size,
    fromTop: !old && buffer.readInt32LE(22) < 0,
    bits,
    packed,
    palette: bits <= 8 ? paletteOf(buffer.subarray(coloursAt, from), bits, old ? 3 : 4) : undefined,
    masks: masked ? masksOf(buffer, headBytes) : DEFAULT_MASKS[bits === 16 ? 16 : 32],
    pixels: buffer.subarray(from),
  };
}

const strange = (): TouchstoneError =>
  new TouchstoneError('broken-picture', 'the pixels of the BMP are stored in an unknown way');

function paletteOf(colours: Buffer, bits: number, entryBytes: number): Uint8Array {
  const palette = new Uint8Array(3 * 2 ** bits);
  for (let at = 0, to = 0; at + 3 <= colours.length && to < palette.length; at += entryBytes, to += 3) {
    palette.set([colours[at + 2] ?? 0, colours[at + 1] ?? 0, colours[at] ?? 0], to);
  }
  return palette;
}

/** Behind the header of 40 bytes, and inside all longer ones, which is the same place. */
function masksOf(buffer: Buffer, headBytes: number): [number, number, number] {
  const at = FILE_HEAD_BYTES + 40;
  if (buffer.length < at + 12 || (headBytes > 40 && headBytes < MASKED_HEAD_BYTES)) throw strange();
  return [buffer.readUInt32LE(at), buffer.readUInt32LE(at + 4), buffer.readUInt32LE(at + 8)];
}
