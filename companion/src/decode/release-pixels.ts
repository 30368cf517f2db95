import type { RawPicture } from '@touchstone/models';
import { releaseMemory } from '@touchstone/models/pixels';

/** Who takes the memory of pixels back, where that is not the system. */
const lent = new WeakMap<Uint8Array, () => void>();

/** Lends the memory of a picture: `releasePixels` gives it back to whoever lent it, once. */
export function lendPixels(data: Uint8Array, takeBack: () => void): void {
  lent.set(data, takeBack);
}

/**
 * Gives the memory of a decoded picture back now: the garbage collector sees only a small object and leaves the
 * megabytes behind it for long (64 MB after ten full-HD pictures). The picture must be in nobody's use any more.
 * Memory that holds more than this picture is left alone.
 */
export function releasePixels({ data }: RawPicture): void {
  const takeBack = lent.get(data);
  lent.delete(data);
  if (takeBack) takeBack();
  else releaseMemory(data);
}
