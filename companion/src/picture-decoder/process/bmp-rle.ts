import { TouchstoneError } from '@touchstone/shared';
import type { BmpLayout } from './bmp-layout.ts';

/** What a zero is followed by. Larger numbers count pixels that follow as they are. */
const ESCAPE = { endOfRow: 0, end: 1, move: 2 } as const;

/**
 * Unpacks run lengths of 4 or 8 bits (Microsoft, "Bitmap Compression").
 * @returns one index a pixel, row by row from the top; pixels that are stepped over have index 0, as browsers show them
 * @throws TouchstoneError `broken-picture` where the data end before the picture does, or leave it
 */
export function unpackRle({ pixels, width, height, bits }: BmpLayout): Uint8Array {
  const indices = new Uint8Array(width * height);
  let [x, y] = [0, 0];
  const run = (count: number, index: (nth: number) => number): void => {
    // What runs over the edge is drawn by nobody, and costs nothing.
    const seen = y < height ? Math.min(count, width - x) : 0;
    for (let nth = 0; nth < seen; nth++) indices[(height - 1 - y) * width + x + nth] = index(nth);
    x += count;
  };
  const half = (byte: number, nth: number): number => (bits === 8 ? byte : nth % 2 === 0 ? byte >> 4 : byte & 15);
  for (let at = 0; at + 1 < pixels.length; ) {
    const [count = 0, value = 0] = [pixels[at], pixels[at + 1]];
    at += 2;
    if (count > 0) run(count, (nth) => half(value, nth));
    else if (value === ESCAPE.end) return indices;
    else if (value === ESCAPE.endOfRow) [x, y] = [0, y + 1];
    else if (value === ESCAPE.move) {
      x += pixels[at] ?? 0;
      y += pixels[at + 1] ?? 0;
      at += 2;
    } else {
      const start = at;
      run(value, (nth) => half(pixels[start + (bits === 8 ? nth : nth >> 1)] ?? 0, nth));
      const stored = bits === 8 ? value : (value + 1) >> 1;
      // Padded to an even length.
      at += stored + (stored & 1);
    }
    if (y > height) break;
  }
  // Some programs leave the last mark out when every row is there.
  if (y >= height - 1 && (x >= width || y >= height)) return indices;
  throw new TouchstoneError('broken-picture', 'rows of the BMP are missing');
}
