import type { RawPicture } from '@touchstone/models/pixels';
import { MAX_PIXELS, TouchstoneError } from '@touchstone/shared';
import sharp, { type Sharp } from 'sharp';
import type { PictureFormat } from '../../intake/sniff.ts';
import { isBenignWarning } from './benign-warnings.ts';
import { decodable } from './decodable.ts';
import { decodeBmp } from './decode-bmp.ts';

/** A 100-megapixel PNG takes about 4 s here; what takes longer is made to take long. */
const DECODE_TIMEOUT_S = 20;

/**
 * Decodes once, at full size, as the packs were measured (models/packs/FORMAT.md, "Decoding"): first frame,
 * EXIF orientation, 8-bit sRGB, transparency on white.
 * @throws TouchstoneError `broken-picture` for truncated or damaged data, `too-many-pixels`
 */
export async function decodePicture(bytes: Uint8Array, format: PictureFormat): Promise<RawPicture> {
  if (format === 'bmp') return decodeBmp(bytes);
  const safe = decodable(bytes, format);
  try {
    // 'warning' is the only level that notices changed bytes inside JPEG data.
    return await toRaw(open(safe, 'warning'));
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (/pixel limit/.test(text)) throw new TouchstoneError('too-many-pixels', text, { cause: error });
    if (isBenignWarning(text)) return toRaw(open(safe, 'error')).catch(broken);
    return broken(error);
  }
}

function open(bytes: Uint8Array, failOn: 'warning' | 'error'): Sharp {
  return sharp(bytes, { failOn, limitInputPixels: MAX_PIXELS, sequentialRead: true, pages: 1 });
}

async function toRaw(picture: Sharp): Promise<RawPicture> {
  const { data, info } = await picture
    .timeout({ seconds: DECODE_TIMEOUT_S })
    .autoOrient()
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`decoded to ${info.channels} channels`);
  return { data, width: info.width, height: info.height };
}

function broken(cause: unknown): never {
  throw new TouchstoneError('broken-picture', cause instanceof Error ? cause.message.slice(0, 200) : undefined, {
    cause,
  });
}
