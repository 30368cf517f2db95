import { MAX_BLOCK_BYTES, type MetadataBlocks, NO_BLOCKS, withoutPrefix } from './metadata-blocks.ts';

const RIFF_HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
/** Animations have one chunk a frame. */
const MAX_CHUNKS = 20_000;

/**
 * Blocks of a WebP: the first EXIF and XMP chunk of an extended file, inside the length that the file declares.
 * Chunks inside the frames of an animation are not looked at.
 */
export function webpBlocks(bytes: Uint8Array): MetadataBlocks {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < RIFF_HEADER_BYTES + CHUNK_HEADER_BYTES) return { ...NO_BLOCKS, skipped: true };
  const end = CHUNK_HEADER_BYTES + buffer.readUInt32LE(4);
  if (end > buffer.length) return { ...NO_BLOCKS, skipped: true };
  let exif: Uint8Array | undefined;
  let xmp: Uint8Array | undefined;
  let skipped = false;
  let at = RIFF_HEADER_BYTES;
  for (let count = 0; at + CHUNK_HEADER_BYTES <= end && count < MAX_CHUNKS; count++) {
    const type = buffer.toString('latin1', at, at + 4);
    const length = buffer.readUInt32LE(at + 4);
    const start = at + CHUNK_HEADER_BYTES;
    if (start + length > end) return { ...NO_BLOCKS, skipped: true };
    // Only the extended format has metadata.
    if (count === 0 && type !== 'VP8X') return NO_BLOCKS;
    if (type === 'EXIF' || type === 'XMP ') {
      const block = buffer.subarray(start, start + length);
      if (length > MAX_BLOCK_BYTES) skipped = true;
      else if (type === 'EXIF') exif ??= withoutPrefix(block);
      else xmp ??= block;
    }
    at = start + length + (length % 2);
  }
  return { text: new Map(), comments: [], exif, xmp, skipped };
}
