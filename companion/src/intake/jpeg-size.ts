import { MIN_SIDE_PIXELS, TouchstoneError } from '@touchstone/shared';
import { jpegSegments } from '../evidence/metadata/jpeg-segments.ts';

/** Markers that begin a frame (ITU-T T.81, table B.1): all from 0xc0 to 0xcf but tables and an unused one. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/**
 * Size of a JPEG as it is stored, from its own structure.
 * @throws TouchstoneError `broken-picture`, `too-small`
 */
export function jpegSize(bytes: Uint8Array): { width: number; height: number } {
  const frame = jpegSegments(bytes).segments.find(({ marker }) => isFrame(marker))?.data;
  if (!frame || frame.length < 5) throw new TouchstoneError('broken-picture', 'no size in the header');
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const [height, width] = [view.getUint16(1), view.getUint16(3)];
  if (width === 0 || height === 0) throw new TouchstoneError('broken-picture', 'no size in the header');
  if (Math.min(width, height) < MIN_SIDE_PIXELS) throw new TouchstoneError('too-small');
  return { width, height };
}
