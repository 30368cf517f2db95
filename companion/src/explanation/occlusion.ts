import type { PackAnswer, PackInput, ViewBatch } from '@touchstone/models';
import { type Area, type Cell, divide, hull, type PictureSize, viewAreas } from './cells.ts';

/** Pictures with a hidden cell that are judged at most; with the untouched one that makes twelve. */
const MAX_CELLS = 11;

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

/**
 * The views of a picture with one part of it hidden: each pixel of the part becomes the part's mean colour in that view.
 * @param areas where each view looks, as `viewAreas` says
 */
export function hideIn(
  views: ViewBatch,
  areas: readonly Area[],
  hidden: Area,
  [height, width]: PackInput['size'],
): ViewBatch {
  const data = new Uint8Array(new SharedArrayBuffer(views.data.byteLength));
  data.set(views.data);
  for (const [index, area] of areas.entries()) {
    const column = (x: number) => clamp(Math.round(((x - area.left) / (area.right - area.left)) * width), width);
    const row = (y: number) => clamp(Math.round(((y - area.top) / (area.bottom - area.top)) * height), height);
    const box = {
      left: column(hidden.left),
      right: column(hidden.right),
      top: row(hidden.top),
      bottom: row(hidden.bottom),
    };
    fill(data.subarray(index * width * height * 3, (index + 1) * width * height * 3), width, box);
  }
  return { data, count: views.count };
}

const clamp = (value: number, size: number): number => Math.max(0, Math.min(size, value));

function fill(view: Uint8Array, width: number, { left, right, top, bottom }: Area): void {
  const pixels = (right - left) * (bottom - top);
  if (pixels <= 0) return;
  for (let channel = 0; channel < 3; channel += 1) {
    let sum = 0;
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) sum += view[(y * width + x) * 3 + channel] ?? 0;
    }
    const mean = Math.round(sum / pixels);
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) view[(y * width + x) * 3 + channel] = mean;
    }
  }
}

/** How much each cell spoke for AI: what the score loses when the cell is hidden. */
export function occlusionValues(cells: readonly Area[], whole: PackAnswer, hidden: readonly PackAnswer[]): Cell[] {
  return cells.map((cell, index) => ({ ...cell, value: whole.logit - (hidden[index]?.logit ?? whole.logit) }));
}
