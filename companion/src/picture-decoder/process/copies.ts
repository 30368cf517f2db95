import { MAX_HALVED_PIXELS, TouchstoneError } from '@touchstone/shared';
import sharp from 'sharp';
import type { PictureFormat } from '../../intake/sniff.ts';
import { decodable } from './decodable.ts';

/** Longer side of the picture in a report, in pixels: fills a printed page, and keeps the file under 1 MB. */
const REPORT_SIDE = 1200;
const REPORT_QUALITY = 82;

/**
 * A copy for a report without any of the file's metadata.
 * @returns WebP
 * @throws for one that cannot be decoded here
 */
export async function copyForReport(
  bytes: Uint8Array,
  format: PictureFormat,
): Promise<{ data: Uint8Array; width: number; height: number }> {
  const { data, info } = await sharp(decodable(bytes, format), {
    // What was judged is shown, with the complaints that decoding it had.
    failOn: 'none',
    limitInputPixels: MAX_HALVED_PIXELS,
    pages: 1,
  })
    .autoOrient()
    .flatten({ background: '#fff' })
    .resize({ width: REPORT_SIDE, height: REPORT_SIDE, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: REPORT_QUALITY })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Longer side of a shown thumbnail, in pixels. */
const THUMBNAIL_SIDE = 128;
const THUMBNAIL_QUALITY = 60;
/** Thumbnails are small pictures; a larger one is not worth its decoding. */
const MAX_THUMBNAIL_PIXELS = 4_000_000;
/** What programs use for thumbnails. Drawings (SVG) above all are left out: a few kB of them can take minutes. */
const THUMBNAIL_FORMATS: ReadonlySet<PictureFormat> = new Set<PictureFormat>(['jpeg', 'png', 'webp']);

/**
 * A small JPEG of a picture that lies in a file as the thumbnail of another.
 * @throws for one that cannot be decoded here
 */
export async function ingredientThumbnail(bytes: Uint8Array, format: PictureFormat): Promise<Uint8Array> {
  if (!THUMBNAIL_FORMATS.has(format)) throw new TouchstoneError('unsupported-format');
  return sharp(decodable(bytes, format), { limitInputPixels: MAX_THUMBNAIL_PIXELS, failOn: 'warning' })
    .resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: THUMBNAIL_QUALITY })
    .toBuffer();
}
