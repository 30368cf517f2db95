import { sourceOfBytes } from '../../containers/byte-source.ts';
import { riffChunks, riffFormEnd } from '../../containers/riff-chunks.ts';
import { MAX_BLOCK_BYTES, type MetadataBlocks, NO_BLOCKS, withoutPrefix } from './metadata-block.ts';

/**
 * Blocks of a WebP: the EXIF and XMP chunks of an extended file, inside the length that the file declares.
 * Chunks inside the frames of an animation are not looked at.
 */
export function webpBlocks(bytes: Uint8Array): MetadataBlocks {
  const source = sourceOfBytes(bytes);
  const broken: MetadataBlocks = { ...NO_BLOCKS, skipped: true };
  if (riffFormEnd(source) > bytes.length) return broken;
  const exif: Uint8Array[] = [];
  const xmp: Uint8Array[] = [];
  let skipped = false;
  let extended = false;
  for (const { name, start, end, whole } of riffChunks(source)) {
    if (!whole) return broken;
    // Only the extended format, which says so in its first chunk, has metadata.
    if (!extended && name !== 'VP8X') return NO_BLOCKS;
    extended = true;
    if (name !== 'EXIF' && name !== 'XMP ') continue;
    const block = bytes.subarray(start, end);
    if (block.length > MAX_BLOCK_BYTES) skipped = true;
    else if (name === 'EXIF') exif.push(withoutPrefix(block));
    else xmp.push(block);
  }
  return extended ? { text: new Map(), comments: [], exif, xmp, skipped } : broken;
}
