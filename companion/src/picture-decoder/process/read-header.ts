import { MAX_HALVED_PIXELS, MAX_PIXELS, MAX_SIDE_PIXELS, MIN_SIDE_PIXELS, TouchstoneError } from '@touchstone/shared';
import sharp from 'sharp';
import { readBmpHeader } from '../../decode/bmp-header.ts';
import { avifFrames } from '../../intake/avif-frames.ts';
import { isHighDynamicRange } from '../../intake/high-dynamic-range.ts';
import { isHighRangeProfile } from '../../intake/high-range-profile.ts';
import type { PictureHeader } from '../../intake/picture-header.ts';
import { pngFrames } from '../../intake/png-frames.ts';
import { isRawPhoto } from '../../intake/raw-photo.ts';
import type { PictureFormat } from '../../intake/sniff.ts';
import { decodable } from './decodable.ts';
import { longAnimation } from './long-animation.ts';

/** EXIF orientations from this one on exchange width and height. */
const FIRST_TRANSPOSED_ORIENTATION = 5;

/**
 * Reads size, frames and metadata blocks from the header and applies the limits.
 * @throws TouchstoneError `too-many-pixels`, `too-long`, `too-small`, `hdr-refused`, `raw-refused` or `broken-picture`
 */
export async function readHeader(bytes: Uint8Array, format: PictureFormat): Promise<PictureHeader> {
  if (isHighDynamicRange(bytes, format)) throw new TouchstoneError('hdr-refused');
  if (isRawPhoto(bytes, format)) throw new TouchstoneError('raw-refused');
  const header = format === 'bmp' ? { ...readBmpHeader(bytes), ...bmpFacts } : await readWithSharp(bytes, format);
  if (header.width * header.height > (format === 'jpeg' ? MAX_HALVED_PIXELS : MAX_PIXELS))
    throw new TouchstoneError('too-many-pixels');
  if (Math.max(header.width, header.height) > MAX_SIDE_PIXELS) throw new TouchstoneError('too-long');
  if (Math.min(header.width, header.height) < MIN_SIDE_PIXELS) throw new TouchstoneError('too-small');
  return header;
}

const bmpFacts = { format: 'bmp', frames: 1, exif: undefined, xmp: undefined } as const;

async function readWithSharp(bytes: Uint8Array, format: PictureFormat): Promise<PictureHeader> {
  const metadata = await sharp(decodable(bytes, format), { limitInputPixels: false, failOn: 'none' })
    .metadata()
    .catch((cause: unknown) => {
      throw new TouchstoneError('broken-picture', 'the header cannot be read', { cause });
    });
  if (isHighRangeProfile(metadata.icc)) throw new TouchstoneError('hdr-refused');
  const transposed = (metadata.orientation ?? 1) >= FIRST_TRANSPOSED_ORIENTATION;
  const [width, height] = transposed ? [metadata.height, metadata.width] : [metadata.width, metadata.height];
  if (!(width > 0 && height > 0)) throw new TouchstoneError('broken-picture', 'no size in the header');
  return {
    format,
    width,
    height,
    frames: framesOf(bytes, format, metadata.pages),
    exif: metadata.exif,
    xmp: metadata.xmp,
  };
}

function framesOf(bytes: Uint8Array, format: PictureFormat, pages = 1): number {
  if (format === 'png') return pngFrames(bytes);
  if (format === 'avif') return avifFrames(bytes);
  const long = longAnimation(bytes, format);
  if (long) return long.frames;
  return format === 'tiff' ? 1 : pages;
}
