import type { PictureFormat } from '../../intake/sniff.ts';

/**
 * Packed text that the decoder may unpack, in bytes before unpacking: at deflate's limit of 1032 to 1 these become
 * 16 MB. (A PNG of 1.1 MB with 150 such chunks made libvips hold 4 GB.)
 */
const MAX_PACKED_BYTES = 16 * 1024;
const SIGNATURE_BYTES = 8;
const PACKED: ReadonlySet<string> = new Set(['zTXt', 'iTXt']);

/**
 * The file as the decoder should see it: a PNG without its packed text chunks when they could be a decompression bomb.
 * Metadata is read from the whole file, with a limit of its own.
 */
export function withoutPackedText(bytes: Uint8Array, format: PictureFormat): Uint8Array {
  if (format !== 'png') return bytes;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Buffer[] = [buffer.subarray(0, SIGNATURE_BYTES)];
  let packed = 0;
  let at = SIGNATURE_BYTES;
  // Runs of other chunks stay together, so that few pieces are joined.
  let from = at;
  while (at + 12 <= buffer.length) {
    const end = Math.min(buffer.length, at + 12 + buffer.readUInt32BE(at));
    const type = buffer.toString('latin1', at + 4, at + 8);
    if (PACKED.has(type)) {
      packed += end - at;
      kept.push(buffer.subarray(from, at));
      from = end;
    }
    at = end;
    if (type === 'IEND') break;
  }
  if (packed <= MAX_PACKED_BYTES) return bytes;
  return Buffer.concat([...kept, buffer.subarray(from)]);
}
