import type { RawPicture } from '@touchstone/models';
import sharp, { type Sharp } from 'sharp';
import { openPixels, VIEW_PIXELS } from './open-picture.ts';
import { sheetOf } from './sheet.ts';

type Channel = readonly [title: string, of: (red: number, green: number, blue: number) => number];

const CHANNELS: readonly Channel[] = [
  ['R', (red) => red],
  ['G', (_red, green) => green],
  ['B', (_red, _green, blue) => blue],
  // Luminance by ITU-R BT.601, as JPEG has it.
  ['Y', (red, green, blue) => 0.299 * red + 0.587 * green + 0.114 * blue],
  // Saturation, as in HSV.
  ['S', saturation],
];

function saturation(red: number, green: number, blue: number): number {
  const highest = Math.max(red, green, blue);
  return highest === 0 ? 0 : (255 * (highest - Math.min(red, green, blue))) / highest;
}

/** Red, green, blue, luminance and saturation, each as a grey picture. */
export async function colourChannels(picture: RawPicture): Promise<Sharp> {
  // At the size of a tile: then the loops below take a few milliseconds.
  const side = Math.floor(VIEW_PIXELS / 3);
  const { data, info } = await openPixels(picture)
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const size = { width: info.width, height: info.height };
  const tiles = CHANNELS.map(([title, of]) => {
    const grey = new Uint8Array(size.width * size.height);
    for (let at = 0; at < grey.length; at += 1) {
      grey[at] = of(data[at * 3] as number, data[at * 3 + 1] as number, data[at * 3 + 2] as number);
    }
    return { title, picture: sharp(grey, { raw: { ...size, channels: 1 } }) };
  });
  return sheetOf(tiles, size);
}
