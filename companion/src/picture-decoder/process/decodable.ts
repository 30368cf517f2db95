import { isMovingAvif, MOVING_AT, STILL } from '../../intake/moving-avif.ts';
import type { PictureFormat } from '../../intake/sniff.ts';
import { longAnimation } from './long-animation.ts';
import { mendJpeg } from './mend-jpeg.ts';
import { shownPng } from './shown-png.ts';
import { withoutPackedText } from './without-packed-text.ts';

/**
 * The file as the decoder should see it: without what could fill the memory, a JPEG without what only the strict decoder
 * stumbles over, of a long animation the first frame, of an animated PNG the one that is seen, and a moving AVIF as the still picture that it holds besides, because the decoder refuses it by its name alone.
 * @throws TouchstoneError `broken-picture` for a long animation that is cut off, `unsupported-format` as `shownPng` does
 */
export function decodable(bytes: Uint8Array, format: PictureFormat): Uint8Array {
  const long = longAnimation(bytes, format);
  if (long) return long.first();
  if (format === 'jpeg') return mendJpeg(bytes);
  if (format === 'png') return shownPng(withoutPackedText(bytes, format));
  if (format !== 'avif' || !isMovingAvif(bytes)) return withoutPackedText(bytes, format);
  const still = Buffer.from(bytes);
  still.write(STILL, MOVING_AT, 'latin1');
  return still;
}
