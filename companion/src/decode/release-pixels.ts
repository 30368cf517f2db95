import type { RawPicture } from '@touchstone/models';

/**
 * Gives the memory of a decoded picture back now: the garbage collector sees only a small object and leaves the
 * megabytes behind it for long (64 MB after ten full-HD pictures). The picture must be in nobody's use any more.
 * Memory that holds more than this picture is left alone.
 */
export function releasePixels({ data }: RawPicture): void {
  const { buffer, byteLength } = data;
  if (buffer instanceof ArrayBuffer && !buffer.detached && buffer.byteLength === byteLength) buffer.transfer(0);
}
