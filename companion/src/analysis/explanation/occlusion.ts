import { type PackAnswer, type PackInput, pictureLibrary, type ViewBatch } from '@touchstone/models';
import type { PictureSize } from '../../intake/picture-header.ts';
import { type Area, type Cell, divide, hull, viewAreas } from './cells.ts';

/** Pictures with a hidden cell that are judged at most; with the untouched one that makes twelve. */
const MAX_CELLS = 11;

/**
 * A hidden part is replaced by its blurred self, at this sigma in parts of the shorter side of a view. Measured against the
 * quick pack's patches, which are its score: on six pictures the blur finds the same places (correlation 0.57, above 0.2
 * on each), one even colour does not (0.26, below 0 on three), because flat areas are a trace of their own.
 */
const BLUR_SHARE = 0.05;

/**
 * Divides what the pack sees of a picture into at most MAX_CELLS cells, as square and as many as can be.
 * Parts that no view looks at are left out: hiding them changes nothing.
 */
export function occlusionCells(input: PackInput, picture: PictureSize): Area[] {
  const seen = hull(viewAreas(input, picture));
  const aspect = ((seen.right - seen.left) * picture.width) / ((seen.bottom - seen.top) * picture.height);
  let best = { columns: 3, rows: 3, badness: Number.POSITIVE_INFINITY };
  for (let columns = 1; columns <= MAX_CELLS; columns += 1) {
    const rows = Math.floor(MAX_CELLS / columns);
    for (let row = 1; row <= rows; row += 1) {
      // How far from square one cell is, and how coarse the grid: both as factors.
      const badness = Math.abs(Math.log((aspect * row) / columns)) + Math.log(MAX_CELLS / (columns * row));
      if (badness < best.badness) best = { columns, rows: row, badness };
    }
  }
  return divide(seen, best.columns, best.rows);
}

/** Each view blurred as a whole: what hidden parts are filled with. */
export async function blurViews(views: ViewBatch, [height, width]: PackInput['size']): Promise<Uint8Array> {
  const size = width * height * 3;
  const blurred = new Uint8Array(views.data.byteLength);
  const sharp = await pictureLibrary();
  for (let start = 0; start < blurred.byteLength; start += size) {
    const view = Buffer.from(views.data.subarray(start, start + size));
    const pixels = await sharp(view, { raw: { width, height, channels: 3 } })
      .blur(BLUR_SHARE * Math.min(width, height))
      .raw()
      .toBuffer();
    blurred.set(pixels, start);
  }
  return blurred;
}

/**
 * The views of a picture with one part of it hidden.
 * @param filling of `blurViews` @param areas where each view looks, as `viewAreas` says
 */
export function hideIn(
  views: ViewBatch,
  filling: Uint8Array,
  areas: readonly Area[],
  hidden: Area,
  [height, width]: PackInput['size'],
): ViewBatch {
  const data = new Uint8Array(new SharedArrayBuffer(views.data.byteLength));
  data.set(views.data);
  for (const [index, area] of areas.entries()) {
    const column = (x: number) => clamp(Math.round(((x - area.left) / (area.right - area.left)) * width), width);
    const row = (y: number) => clamp(Math.round(((y - area.top) / (area.bottom - area.top)) * height), height);
    const [left, right] = [column(hidden.left), column(hidden.right)];
    for (let y = row(hidden.top); y < row(hidden.bottom); y += 1) {
      const line = (index * height + y) * width;
      data.set(filling.subarray((line + left) * 3, (line + right) * 3), (line + left) * 3);
    }
  }
  return { data, count: views.count };
}

const clamp = (value: number, size: number): number => Math.max(0, Math.min(size, value));

/** How much each cell spoke for AI: what the score loses when the cell is hidden. */
export function occlusionValues(cells: readonly Area[], whole: PackAnswer, hidden: readonly PackAnswer[]): Cell[] {
  return cells.map((cell, index) => ({ ...cell, value: whole.logit - (hidden[index]?.logit ?? whole.logit) }));
}
