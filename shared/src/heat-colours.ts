import type { Explanation } from './explanation.ts';

/** Red-orange for AI and blue for a camera: the pair that people with any common colour blindness can tell apart. */
export const AI_COLOUR = [214, 80, 20] as const;
export const CAMERA_COLOUR = [20, 110, 220] as const;
/** Opacity of the strongest cell; the picture must stay visible beneath. */
const STRONGEST_ALPHA = 0.72;
/** Cells weaker than this are left clear, since a tint there would only say "nothing". */
const QUIET_BELOW = 0.06;

/**
 * Colours of a heat map, one pixel a cell.
 * @returns RGBA bytes, `columns` x `rows`, row by row
 */
export function heatPixels({
  columns,
  rows,
  values,
}: Pick<Explanation, 'columns' | 'rows' | 'values'>): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(columns * rows * 4);
  for (let cell = 0; cell < columns * rows; cell += 1) {
    const value = values[cell] ?? 0;
    const weight = Math.abs(value);
    const [red, green, blue] = value > 0 ? AI_COLOUR : CAMERA_COLOUR;
    pixels.set([red, green, blue, weight < QUIET_BELOW ? 0 : weight * STRONGEST_ALPHA * 255], cell * 4);
  }
  return pixels;
}
