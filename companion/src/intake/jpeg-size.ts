import { MIN_SIDE_PIXELS, TouchstoneError } from '@touchstone/shared';
import { isFrameHeader, jpegHeader } from '../containers/jpeg-segments.ts';

/**
 * Size of a JPEG as it is stored, from its own structure.
 * @throws TouchstoneError `broken-picture`, `too-small`
 */
export function jpegSize(bytes: Uint8Array): { width: number; height: number } {
  const frame = jpegHeader(bytes).segments.find(({ marker }) => isFrameHeader(marker))?.data;
  if (!frame || frame.length < 5) throw new TouchstoneError('broken-picture', 'no size in the header');
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const [height, width] = [view.getUint16(1), view.getUint16(3)];
  if (width === 0 || height === 0) throw new TouchstoneError('broken-picture', 'no size in the header');
  if (Math.min(width, height) < MIN_SIDE_PIXELS) throw new TouchstoneError('too-small');
  return { width, height };
}
