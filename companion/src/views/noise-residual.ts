import type { RawPicture } from '@touchstone/models';
import type { Sharp } from 'sharp';
import { differenceOf } from './difference.ts';
import { fitted, openPixels } from './open-picture.ts';

/** Side of the median filter, in pixels: it keeps edges, so that what is left is mostly noise. */
const MEDIAN_SIDE = 3;

/** Levels of noise become visible at this gain. */
const GAIN = 12;

/** Noise residual: how far each pixel lies from the median of its neighbours, brightened. */
export async function noiseResidual(picture: RawPicture): Promise<Sharp> {
  const smooth = await openPixels(picture).median(MEDIAN_SIDE).png({ compressionLevel: 0 }).toBuffer();
  return fitted(openPixels(await differenceOf(picture, smooth)))
    .greyscale()
    .linear(GAIN, 0);
}
