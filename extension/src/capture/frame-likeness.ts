/** Columns and rows of the small copy by which frames are compared: enough to see a cut, a pan and a talking mouth. */
export const PROBE_WIDTH = 32;
export const PROBE_HEIGHT = 18;

/** Brightness of each cell, 0..255, row by row. */
export type Likeness = Uint8Array;

/**
 * Mean difference of brightness, of 255, below which two frames count as the same one. Two encodings of a still picture
 * differ by 0.3; a person who only blinks changes the mean by more than this.
 */
const SAME_BELOW = 0.75;
/** One cell that changed by this much makes it another frame, whatever the mean says. */
const CELL_CHANGED_ABOVE = 10;
/** A frame whose brightest cell is below this is black: fades, gaps before the start, protected pictures. */
const BLACK_BELOW = 24;

/** @param pixels RGBA of the small copy */
export function likenessOf(pixels: Uint8ClampedArray): Likeness {
  const cells = new Uint8Array(pixels.length / 4);
  for (let cell = 0; cell < cells.length; cell += 1) {
    const at = cell * 4;
    // Rec. 601 weights, as JPEG uses them.
    cells[cell] = 0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);
  }
  return cells;
}

export function isBlack(frame: Likeness): boolean {
  return frame.every((cell) => cell < BLACK_BELOW);
}

/** Whether two frames are so alike that judging the second would say nothing new. */
export function isSameFrame(before: Likeness, after: Likeness): boolean {
  if (before.length !== after.length) return false;
  let sum = 0;
  for (let cell = 0; cell < before.length; cell += 1) {
    const difference = Math.abs((before[cell] ?? 0) - (after[cell] ?? 0));
    if (difference > CELL_CHANGED_ABOVE) return false;
    sum += difference;
  }
  return sum / before.length < SAME_BELOW;
}
