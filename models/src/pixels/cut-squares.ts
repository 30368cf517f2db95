import type { ViewBatch } from './prepare-views.ts';
import type { RawPicture } from './raw-picture.ts';
import type { Position } from './view-plan.ts';

/** Views that are squares of the picture, not resized. @param side in pixels; the squares lie inside the picture */
export function cutSquares({ data, width }: RawPicture, places: readonly Position[], side: number): ViewBatch {
  const rowBytes = side * 3;
  const cut = new Uint8Array(new SharedArrayBuffer(places.length * side * rowBytes));
  for (const [index, { top, left }] of places.entries()) {
    for (let row = 0; row < side; row++) {
      const start = ((top + row) * width + left) * 3;
      cut.set(data.subarray(start, start + rowBytes), (index * side + row) * rowBytes);
    }
  }
  return { data: cut, count: places.length };
}
