import type { RawPicture } from '@touchstone/models';

/**
 * Gives the memory of a decoded picture back now: the garbage collector sees only a small object and leaves the
 * megabytes behind it for long (64 MB after ten full-HD pictures). The picture must be in nobody's use any more.
 */
export function releasePixels({ data }: RawPicture): void {
  if (data.buffer instanceof ArrayBuffer && !data.buffer.detached) data.buffer.transfer(0);
}
