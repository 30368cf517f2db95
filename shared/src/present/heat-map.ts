import type { Explanation } from '../explanation.ts';

/** Red-orange for AI and blue for a camera: the pair that people with any common colour blindness can tell apart. */
export const AI_COLOUR = [214, 80, 20] as const;
export const CAMERA_COLOUR = [20, 110, 220] as const;
/** Opacity of the strongest cell; the picture must stay visible beneath. */
const STRONGEST_ALPHA = 0.72;
/** Cells weaker than this are left clear, since a tint there would only say "nothing". */
const QUIET_BELOW = 0.06;

/** A cell that speaks for a side, in cells from the upper left corner. */
export interface HeatCell {
  readonly column: number;
  readonly row: number;
  readonly colour: typeof AI_COLOUR | typeof CAMERA_COLOUR;
  /** Opacity, 0..1. */
  readonly alpha: number;
}

type Grid = Pick<Explanation, 'columns' | 'rows' | 'values'>;

/** The cells of a heat map that are tinted, row by row; what is left out stays clear. */
export function heatCells({ columns, rows, values }: Grid): HeatCell[] {
  return values.slice(0, columns * rows).flatMap((value, cell) => {
    const weight = Math.abs(value);
    if (weight < QUIET_BELOW) return [];
    const colour = value > 0 ? AI_COLOUR : CAMERA_COLOUR;
    return [{ column: cell % columns, row: Math.floor(cell / columns), colour, alpha: weight * STRONGEST_ALPHA }];
  });
}

/**
 * The same as pixels, one a cell.
 * @returns RGBA bytes, `columns` x `rows`, row by row
 */
export function heatPixels(grid: Grid): Uint8ClampedArray<ArrayBuffer> {
  const { columns, rows } = grid;
  const pixels = new Uint8ClampedArray(columns * rows * 4);
  for (const { column, row, colour, alpha } of heatCells(grid)) {
    pixels.set([...colour, alpha * 255], (row * columns + column) * 4);
  }
  return pixels;
}
