import { TouchstoneError } from '@touchstone/shared';
import { sourceOfBytes } from '../../containers/byte-source.ts';
import {
  LEAST_PNG_CHUNK_BYTES,
  PNG_CHECKSUM_BYTES,
  PNG_SIGNATURE_BYTES,
  pngChunks,
} from '../../containers/png-chunks.ts';
import type { PictureFormat } from '../../intake/sniff.ts';

/**
 * Packed text that the decoder may unpack, in bytes before unpacking: at deflate's limit of 1032 to 1 these become
 * 16 MB. (A PNG of 1.1 MB with 150 such chunks made libvips hold 4 GB.)
 */
const MAX_PACKED_BYTES = 16 * 1024;
/** Length and type, before a chunk's content. */
const HEAD_BYTES = LEAST_PNG_CHUNK_BYTES - PNG_CHECKSUM_BYTES;
const PACKED: ReadonlySet<string> = new Set(['zTXt', 'iTXt']);

/**
 * The file as the decoder should see it: a PNG without its packed text chunks when they could be a decompression bomb.
 * Metadata is read from the whole file, with a limit of its own.
 * @throws TouchstoneError `broken-picture` for chunks that are not walked to their end: the decoder would go on
 */
export function withoutPackedText(bytes: Uint8Array, format: PictureFormat): Uint8Array {
  if (format !== 'png') return bytes;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Buffer[] = [];
  let packed = 0;
  // Runs of other chunks stay together, so that few pieces are joined.
  let from = 0;
  let at = PNG_SIGNATURE_BYTES;
  let ended = false;
  for (const { name, start, end, whole } of pngChunks(sourceOfBytes(bytes))) {
    const begin = start - HEAD_BYTES;
    at = Math.min(buffer.length, end + PNG_CHECKSUM_BYTES);
    ended = name === 'IEND' || !whole;
    if (!PACKED.has(name)) continue;
    packed += at - begin;
    kept.push(buffer.subarray(from, begin));
    from = at;
  }
  if (!ended && at + LEAST_PNG_CHUNK_BYTES <= buffer.length) {
    throw new TouchstoneError('broken-picture', 'the chunks of the PNG lead nowhere');
  }
  if (packed <= MAX_PACKED_BYTES) return bytes;
  return Buffer.concat([...kept, buffer.subarray(from)]);
}
