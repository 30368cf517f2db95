import { TouchstoneError } from '@touchstone/shared';

/**
 * Size from a BMP's information header, so that limits hold before pixels are decoded.
 * @throws TouchstoneError `broken-picture`
 */
export function readBmpHeader(bytes: Uint8Array): { width: number; height: number } {
  if (bytes.byteLength < 26) throw new TouchstoneError('broken-picture', 'BMP header cut off');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The oldest header has 16-bit sizes; newer ones store rows from the top as a negative height.
  const old = view.getUint32(14, true) === 12;
  const width = old ? view.getUint16(18, true) : view.getInt32(18, true);
  const height = old ? view.getUint16(20, true) : Math.abs(view.getInt32(22, true));
  if (width <= 0 || height <= 0) throw new TouchstoneError('broken-picture', 'BMP without a size');
  return { width, height };
}
