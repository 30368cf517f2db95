import type { RawPicture } from '../pixels/raw-picture.ts';

/** A rectangle of a picture in whole pixels; the far edges are not part of it. */
export interface PixelArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What the networks take for 8-bit pixels: -1 to 1. */
const MIDDLE = 127.5;
const SCALE = 0.0078125;

/**
 * Averages an area into `width` x `height` cells, as adaptive average pooling does (`interpolate(mode='area')` of PyTorch,
 * which the detector was made with), and scales it for the networks.
 * @param to receives three planes of `width * height` numbers, red first, from `at` on
 */
export function resampleArea(
  { data, width: stride }: RawPicture,
  area: PixelArea,
  { width, height }: { readonly width: number; readonly height: number },
  to: Float32Array,
  at: number,
): void {
  const plane = width * height;
  const columns = edges(area.left, area.right, width);
  const rows = edges(area.top, area.bottom, height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [rows.from[y] as number, rows.to[y] as number];
    for (let x = 0; x < width; x++) {
      const [left, right] = [columns.from[x] as number, columns.to[x] as number];
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let row = top; row < bottom; row++) {
        const end = (row * stride + right) * 3;
        for (let i = (row * stride + left) * 3; i < end; i += 3) {
          red += data[i] as number;
          green += data[i + 1] as number;
          blue += data[i + 2] as number;
        }
      }
      const count = (right - left) * (bottom - top);
      const cell = at + y * width + x;
      to[cell] = (red / count - MIDDLE) * SCALE;
      to[cell + plane] = (green / count - MIDDLE) * SCALE;
      to[cell + 2 * plane] = (blue / count - MIDDLE) * SCALE;
    }
  }
}

/** First pixel of each cell, and the one after its last. Cells overlap where they are smaller than a pixel. */
function edges(start: number, end: number, cells: number): { from: Int32Array; to: Int32Array } {
  const length = end - start;
  return {
    from: Int32Array.from({ length: cells }, (_, i) => start + Math.floor((i * length) / cells)),
    to: Int32Array.from({ length: cells }, (_, i) => start + Math.ceil(((i + 1) * length) / cells)),
  };
}
