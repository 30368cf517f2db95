import type { RawPicture } from '@touchstone/models';

/**
 * Share of neighbouring pixels that are exactly equal, in the miniature. Photographs have noise or texture nearly
 * everywhere; screens, charts and text are made of areas of one colour.
 * @returns 0..1
 */
export function flatness({ data, width, height }: RawPicture): number {
  let equal = 0;
  for (let y = 0; y < height; y++) {
    for (let at = y * width * 3, end = at + (width - 1) * 3; at < end; at += 3) {
      if (data[at] === data[at + 3] && data[at + 1] === data[at + 4] && data[at + 2] === data[at + 5]) equal++;
    }
  }
  return width > 1 ? equal / (height * (width - 1)) : 1;
}
