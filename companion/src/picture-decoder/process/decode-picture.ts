import type { RawPicture } from '@touchstone/models/pixels';
import { MAX_HALVED_PIXELS, MAX_PIXELS, TouchstoneError } from '@touchstone/shared';
import sharp from 'sharp';
import { storedSize } from '../../intake/jpeg-size.ts';
import type { PictureFormat } from '../../intake/sniff.ts';
import { isBenignWarning } from './benign-warnings.ts';
import { decodable } from './decodable.ts';
import { decodeBmp } from './decode-bmp.ts';
import { type Decode, decodeCutOff, isCutOff } from './decode-cut-off.ts';

/** A 100-megapixel PNG takes about 4 s here; what takes longer is made to take long. */
const DECODE_TIMEOUT_S = 20;

/** @param message of the picture library @returns whether it stopped because of the time */
export const tookTooLong = (message: string): boolean => /^timeout: /m.test(message);

/** Pixels, and what was done to have them. */
export interface DecodedPicture extends RawPicture {
  /** The file lacks its end, though every row is there. */
  readonly cut: boolean;
  /** Decoded at half its sides, because it has more than MAX_PIXELS. */
  readonly halved: boolean;
}

/** 'warning' is the only level that notices changed bytes inside JPEG data. */
export type FailOn = 'warning' | 'error';

/**
 * Decodes once, at full size, as the packs were measured (models/packs/FORMAT.md, "Decoding"): first frame,
 * EXIF orientation, 8-bit sRGB, transparency on white. A JPEG above MAX_PIXELS is halved while it is decoded.
 * @param most pixels of a picture that is decoded at full size; for tests
 * @throws TouchstoneError `broken-picture` for truncated or damaged data, `too-many-pixels`, `decode-limit`
 */
export async function decodePicture(
  bytes: Uint8Array,
  format: PictureFormat,
  most = MAX_PIXELS,
): Promise<DecodedPicture> {
  if (format === 'bmp') return { ...decodeBmp(bytes), cut: false, halved: false };
  const safe = decodable(bytes, format);
  const box = format === 'jpeg' ? halfSide(safe, most) : undefined;
  const halved = box !== undefined;
  const decode: Decode = (of, failOn, how) => toRaw(of, failOn, box, how?.asStored);
  try {
    return { ...(await decode(safe, 'warning')), cut: false, halved };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (/pixel limit/.test(text)) throw new TouchstoneError('too-many-pixels', text, { cause: error });
    if (tookTooLong(text)) throw new TouchstoneError('decode-limit', text, { cause: error });
    if (isBenignWarning(text)) return { ...(await decode(safe, 'error').catch(broken)), cut: false, halved };
    if (format !== 'jpeg' || !isCutOff(text)) return broken(error);
    return { ...(await decodeCutOff(safe, decode).catch(broken)), cut: true, halved };
  }
}

/** @returns half the longer side of a JPEG with more than MAX_PIXELS: the decoder reaches it without making the others */
function halfSide(jpeg: Uint8Array, most: number): number | undefined {
  const { width, height } = storedSize(jpeg) ?? { width: 0, height: 0 };
  return width * height > most ? Math.floor(Math.max(width, height) / 2) : undefined;
}

async function toRaw(bytes: Uint8Array, failOn: FailOn, box?: number, asStored = false): Promise<RawPicture> {
  const limitInputPixels = box === undefined ? MAX_PIXELS : MAX_HALVED_PIXELS;
  let picture = sharp(bytes, { failOn, limitInputPixels, sequentialRead: true, pages: 1 });
  picture = picture.timeout({ seconds: DECODE_TIMEOUT_S });
  if (!asStored) picture = picture.autoOrient();
  if (box !== undefined) picture = picture.resize({ width: box, height: box, fit: 'inside' });
  const { data, info } = await picture
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
