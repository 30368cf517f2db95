import type { RawPicture } from '@touchstone/models';
import type { PixelArea } from '../decode/picture-decoder.ts';

/** A copy of a part of a picture, cut at the picture's edges. @param area overlaps the picture */
export function cutArea({ data, width, height }: RawPicture, area: PixelArea): RawPicture {
  const [left, top] = [Math.max(0, area.left), Math.max(0, area.top)];
  const [right, bottom] = [Math.min(width, area.right), Math.min(height, area.bottom)];
  const rowBytes = (right - left) * 3;
  const part = new Uint8Array(rowBytes * (bottom - top));
  for (let y = top; y < bottom; y++) {
    const row = (y * width + left) * 3;
    part.set(data.subarray(row, row + rowBytes), (y - top) * rowBytes);
  }
  return { data: part, width: right - left, height: bottom - top };
}
