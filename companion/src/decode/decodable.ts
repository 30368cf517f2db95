import type { PictureFormat } from '../intake/sniff.ts';
import { withoutPackedText } from './without-packed-text.ts';

/** Where an AVIF names what it is first of all, and the names of a moving and a still one. */
const BRAND_AT = 8;
const MOVING = 'avis';
const STILL = 'avif';

/**
 * The file as the decoder should see it: without what could fill the memory, and a moving AVIF as the still picture that
 * it holds besides, because the decoder refuses it by its name alone.
 */
export function decodable(bytes: Uint8Array, format: PictureFormat): Uint8Array {
  if (format !== 'avif' || !isMovingAvif(bytes)) return withoutPackedText(bytes, format);
  const still = Buffer.from(bytes);
  still.write(STILL, BRAND_AT, 'latin1');
  return still;
}

/** @param bytes of an AVIF */
export function isMovingAvif(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(BRAND_AT, BRAND_AT + MOVING.length)) === MOVING;
}
