/** Where an AVIF names what it is first of all, and the names of a moving and a still one. */
export const MOVING_AT = 8;
const MOVING = 'avis';
export const STILL = 'avif';

/** @param bytes of an AVIF */
export function isMovingAvif(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(MOVING_AT, MOVING_AT + MOVING.length)) === MOVING;
}
