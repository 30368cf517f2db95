import type { RawPicture } from '@touchstone/models';
import type { Sharp } from 'sharp';
import { differenceOf } from './difference.ts';
import { fitted, openPixels } from './open-picture.ts';

/** Quality at which the picture is saved once more; the usual setting of error level analysis. */
const QUALITY = 90;

/** Differences of a few levels become visible at this gain. */
const GAIN = 15;

/** Error level analysis: how much each place changes when the picture is saved as JPEG once more, brightened. */
export async function errorLevel(picture: RawPicture): Promise<Sharp> {
  const saved = await openPixels(picture).jpeg({ quality: QUALITY, chromaSubsampling: '4:4:4' }).toBuffer();
  return fitted(openPixels(await differenceOf(picture, saved))).linear(GAIN, 0);
}
