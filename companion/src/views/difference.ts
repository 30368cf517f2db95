import type { RawPicture } from '@touchstone/models';
import { openPixels } from './open-picture.ts';

/**
 * Absolute difference of a picture and a changed copy of it, channel by channel. libvips computes it in its own threads:
 * the same loop in JavaScript would hold up every other answer for a tenth of a second.
 * @param copy encoded, of the same size
 */
export async function differenceOf({ width, height, ...picture }: RawPicture, copy: Buffer): Promise<RawPicture> {
  const { data, info } = await openPixels({ width, height, ...picture })
    .composite([{ input: copy, blend: 'difference', limitInputPixels: false }])
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
