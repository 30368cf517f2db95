import type { PictureHeader } from '../../intake/picture-header.ts';
import { gifBlocks } from './gif-blocks.ts';
import { jpegBlocks } from './jpeg-blocks.ts';
import { MAX_BLOCK_BYTES, type MetadataBlocks, NO_BLOCKS, withoutPrefix } from './metadata-block.ts';
import { pngBlocks } from './png-blocks.ts';
import { tiffResources } from './tiff-resources.ts';
import { webpBlocks } from './webp-blocks.ts';

/**
 * Finds the blocks of a picture. JPEG, PNG, WebP and GIF are walked here, with lengths and checksums; TIFF is one EXIF
 * structure, with IPTC beside it; the rest is taken as libvips found it in the container's own index.
 */
export function findBlocks(bytes: Uint8Array, header: PictureHeader): MetadataBlocks {
  if (header.format === 'jpeg') return jpegBlocks(bytes);
  if (header.format === 'png') return pngBlocks(bytes);
  if (header.format === 'webp') return webpBlocks(bytes);
  if (header.format === 'gif') return gifBlocks(bytes);
  const exif = header.exif && withoutPrefix(header.exif);
  const isTiff = header.format === 'tiff';
  return {
    ...NO_BLOCKS,
    exif: isTiff ? [bytes] : capped(exif),
    xmp: capped(header.xmp),
    photoshop: isTiff ? tiffResources(bytes) : undefined,
    skipped: isTooLarge(header.exif) || isTooLarge(header.xmp),
  };
}

const isTooLarge = (block: Uint8Array | undefined): boolean => block !== undefined && block.length > MAX_BLOCK_BYTES;
const capped = (block: Uint8Array | undefined): Uint8Array[] =>
  block === undefined || isTooLarge(block) ? [] : [block];
