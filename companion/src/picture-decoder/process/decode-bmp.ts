import type { RawPicture } from '@touchstone/models/pixels';
import { TouchstoneError } from '@touchstone/shared';
import { decode } from 'bmp-ts';
import { readBmpHeader } from '../../decode/bmp-header.ts';

/**
 * Decodes a BMP, which sharp cannot. Alpha is ignored, as browsers ignore it in most BMP files.
 * @throws TouchstoneError `broken-picture`
 */
export function decodeBmp(bytes: Uint8Array): RawPicture {
  const size = readBmpHeader(bytes);
  try {
    const { data: pixels, width, height } = decode(Buffer.from(bytes), { toRGBA: true });
    if (width !== size.width || Math.abs(height) !== size.height) throw new Error('size does not match');
    const rgb = new Uint8Array(width * height * 3);
    for (let source = 0, target = 0; target < rgb.length; source += 4, target += 3) {
      rgb[target] = pixels[source] ?? 0;
      rgb[target + 1] = pixels[source + 1] ?? 0;
      rgb[target + 2] = pixels[source + 2] ?? 0;
    }
    return { data: rgb, width, height };
  } catch (cause) {
    throw new TouchstoneError('broken-picture', 'BMP cannot be decoded', { cause });
  }
}
