import { MIN_SIDE_PIXELS, TouchstoneError } from '@touchstone/shared';
import { isFrameHeader, jpegHeader } from '../containers/jpeg-segments.ts';

export interface StoredSize {
  readonly width: number;
  readonly height: number;
}

/** Size of a JPEG as it is stored, from its own structure. @returns undefined where nothing says */
export function storedSize(bytes: Uint8Array): StoredSize | undefined {
  const frame = jpegHeader(bytes).segments.find(({ marker }) => isFrameHeader(marker))?.data;
  if (!frame || frame.length < 5) return undefined;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const [height, width] = [view.getUint16(1), view.getUint16(3)];
  return width > 0 && height > 0 ? { width, height } : undefined;
}

/**
 * Size of a JPEG as it is stored.
 * @throws TouchstoneError `broken-picture`, `too-small`
 */
export function jpegSize(bytes: Uint8Array): StoredSize {
  const size = storedSize(bytes);
  if (!size) throw new TouchstoneError('broken-picture', 'no size in the header');
  const { width, height } = size;
  if (Math.min(width, height) < MIN_SIDE_PIXELS) throw new TouchstoneError('too-small');
  return { width, height };
}
