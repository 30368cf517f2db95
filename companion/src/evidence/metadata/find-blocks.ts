import type { PictureHeader } from '../../intake/picture-header.ts';
import { jpegBlocks } from './jpeg-blocks.ts';
import { MAX_BLOCK_BYTES, type MetadataBlocks, NO_BLOCKS, withoutPrefix } from './metadata-block.ts';
import { pngBlocks } from './png-blocks.ts';
import { webpBlocks } from './webp-blocks.ts';

/**
 * Finds the blocks of a picture. JPEG, PNG and WebP are walked here, with lengths and checksums; TIFF is one EXIF
 * structure; the rest is taken as libvips found it in the container's own index.
 */
export function findBlocks(bytes: Uint8Array, header: PictureHeader): MetadataBlocks {
  if (header.format === 'jpeg') return jpegBlocks(bytes);
  if (header.format === 'png') return pngBlocks(bytes);
  if (header.format === 'webp') return webpBlocks(bytes);
  const exif = header.format === 'tiff' ? bytes : header.exif && withoutPrefix(header.exif);
  return {
    ...NO_BLOCKS,
    exif: header.format === 'tiff' ? exif : capped(exif),
    xmp: capped(header.xmp),
    skipped: isTooLarge(header.exif) || isTooLarge(header.xmp),
  };
}

const isTooLarge = (block: Uint8Array | undefined): boolean => block !== undefined && block.length > MAX_BLOCK_BYTES;
const capped = (block: Uint8Array | undefined): Uint8Array | undefined => (isTooLarge(block) ? undefined : block);
