import type { RawPicture } from '@touchstone/models';
import sharp, { type Sharp } from 'sharp';
import { differenceOf } from './difference.ts';
import { openPixels } from './open-picture.ts';
import { sheetOf } from './sheet.ts';

/** Qualities at which the picture is saved again; a part that was saved before at one of them turns dark there. */
const QUALITIES = [50, 60, 70, 80, 85, 90] as const;

/** Blocks over which the difference is averaged, in pixels: two JPEG blocks. */
const BLOCK = 16;

/** One bright block must not darken the rest: this share of all blocks lies within the range of the sheet. */
const RANGE_SHARE = 0.99;

/**
 * JPEG ghosts (after Farid 2009): for each quality, the mean difference between the picture and itself saved at that
 * quality, by block, all at the same scale. Parts with another history of saving show as dark patches.
 */
export async function jpegGhosts(picture: RawPicture): Promise<Sharp> {
  const maps: BlockMap[] = [];
  for (const quality of QUALITIES) maps.push(await ghostOf(picture, quality));
  const brightest = maps.flatMap(({ values }) => values.toSorted()[Math.floor((values.length - 1) * RANGE_SHARE)] ?? 0);
  const gain = 255 / Math.max(1, ...brightest);
  const tiles = maps.map(({ values, ...size }, index) => ({
    title: `${QUALITIES[index]}`,
    picture: sharp(values, { raw: { ...size, channels: 1 } }).linear(gain, 0),
  }));
  return sheetOf(tiles, picture);
}

interface BlockMap {
  /** In blocks. */
  readonly width: number;
  readonly height: number;
  /** Mean difference, in levels. */
  readonly values: Uint8Array;
}

async function ghostOf(picture: RawPicture, quality: number): Promise<BlockMap> {
  const difference = await differenceOf(picture, await openPixels(picture).jpeg({ quality }).toBuffer());
  const { data, info } = await openPixels(difference)
    .resize({
      width: Math.ceil(picture.width / BLOCK),
      height: Math.ceil(picture.height / BLOCK),
      fit: 'fill',
      kernel: 'linear',
    })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, values: data };
}
