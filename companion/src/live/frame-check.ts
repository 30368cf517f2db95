import { TouchstoneError } from '@touchstone/shared';
import { jpegSize } from '../intake/jpeg-size.ts';
import { sniffFormat } from '../intake/sniff.ts';

/** A JPEG of 720 pixels on the shorter side has 50 to 400 kB; a screenshot of a large screen has 2 MB. Bytes. */
export const MAX_FRAME_BYTES = 8 * 1024 * 1024;
/** A screenshot of a 4K screen. Pixels. */
const MAX_FRAME_PIXELS = 3840 * 2400;
/** Live streams may count from 1970; far beyond it numbers lose the fractions that tell frames apart. Seconds. */
const LATEST_SECONDS = 1e10;

/**
 * Looks at a frame before any work is spent on it.
 * @throws TouchstoneError `too-large`, `unsupported-format` for anything but JPEG, `too-many-pixels`, and `broken-picture`
 *   for a time that is none: a page chooses it, so it is no reason to cut the browser off
 */
export function checkFrame(mediaTime: number, bytes: Uint8Array): void {
  if (!(mediaTime >= 0 && mediaTime <= LATEST_SECONDS)) {
    throw new TouchstoneError('broken-picture', `media time ${mediaTime}`);
  }
  if (bytes.byteLength > MAX_FRAME_BYTES) throw new TouchstoneError('too-large');
  const format = sniffFormat(bytes);
  if (format !== 'jpeg') throw new TouchstoneError('unsupported-format', `a frame is ${format}`);
  const { width, height } = jpegSize(bytes);
  if (width * height > MAX_FRAME_PIXELS)
    throw new TouchstoneError('too-many-pixels', `a frame of ${width} x ${height}`);
}
