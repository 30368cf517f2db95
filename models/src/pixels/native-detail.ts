import type { RawPicture } from './raw-picture.ts';
import type { Position } from './view-plan.ts';

/** How much of a picture's finest detail its file still holds; packs/FORMAT.md, "Native look". */
export interface NativeDetail {
  /** 0..1; near 0 where an encoder's coarse steps left no small coefficients. */
  readonly fine: number;
  /** 0..1; near 0 where enlarging or blur left no high frequencies. */
  readonly high: number;
}

/** Side of the middle that is read, in pixels, and of a block of the discrete cosine transform. */
const [WINDOW, BLOCK] = [512, 8];
/** A coefficient above this is more than the rounding of bytes. */
const SOMETHING = 1.5;
/** Coefficients up to this are lost where JPEG's steps are coarser. */
const FINE = 5;
/** JPEG's usual luminance table has steps of 10 to 14 there: 2 to 4 at quality 85 and above, 8 and more at 60. */
const FREQUENCIES: ReadonlySet<number> = new Set(
  [
    [1, 1],
    [0, 2],
    [2, 0],
    [2, 1],
    [1, 2],
    [2, 2],
    [0, 3],
    [3, 0],
  ].map(([u = 0, v = 0]) => u * BLOCK + v),
);
/** Rows are frequencies, columns places. */
const COSINES = Float64Array.from({ length: BLOCK * BLOCK }, (_, at) => {
  const [u, x] = [Math.floor(at / BLOCK), at % BLOCK];
  return Math.cos(((2 * x + 1) * u * Math.PI) / (2 * BLOCK)) * (u === 0 ? Math.sqrt(1 / BLOCK) : Math.sqrt(2 / BLOCK));
});

/**
 * The same numbers as `native_detail` of training/native_look.py, on the picture's own grid, so that JPEG at this size is
 * seen whatever the picture is stored as now.
 */
export function nativeDetail(picture: RawPicture): NativeDetail {
  const begin = (length: number): number => Math.floor(Math.max(0, Math.floor((length - WINDOW) / 2)) / BLOCK) * BLOCK;
  const [top, left] = [begin(picture.height), begin(picture.width)];
  const rows = Math.floor(Math.min(WINDOW, picture.height - top) / BLOCK);
  const columns = Math.floor(Math.min(WINDOW, picture.width - left) / BLOCK);
  const [luma, half] = [new Float64Array(BLOCK * BLOCK), new Float64Array(BLOCK * BLOCK)];
  let [there, fine, high, upper] = [0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      readLuma(picture, { top: top + row * BLOCK, left: left + column * BLOCK }, luma);
      for (let u = 0; u < BLOCK; u++) {
        for (let x = 0; x < BLOCK; x++) {
          let sum = 0;
          for (let y = 0; y < BLOCK; y++) sum += (COSINES[u * BLOCK + y] ?? 0) * (luma[y * BLOCK + x] ?? 0);
          half[u * BLOCK + x] = sum;
        }
      }
      for (let at = 0; at < BLOCK * BLOCK; at++) {
        const [u, v] = [Math.floor(at / BLOCK), at % BLOCK];
        const isUpper = u + v >= BLOCK;
        const isLow = FREQUENCIES.has(at);
        if (!isUpper && !isLow) continue;
        let sum = 0;
        for (let x = 0; x < BLOCK; x++) sum += (half[u * BLOCK + x] ?? 0) * (COSINES[v * BLOCK + x] ?? 0);
        const size = Math.abs(sum);
        if (isUpper) upper++;
        if (size < SOMETHING) continue;
        if (isUpper) high++;
        else {
          there++;
          if (size < FINE) fine++;
        }
      }
    }
  }
  return { fine: fine / Math.max(1, there), high: high / Math.max(1, upper) };
}

/** Rec. 601, as JPEG has it. */
function readLuma({ data, width }: RawPicture, { top, left }: Position, to: Float64Array): void {
  for (let y = 0; y < BLOCK; y++) {
    let at = ((top + y) * width + left) * 3;
    for (let x = 0; x < BLOCK; x++, at += 3)
      to[y * BLOCK + x] = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
  }
}

/** Side of the cells in which detail is counted, and the step of the crop, in pixels. */
const CELL = 32;
/** Of a second difference: one hard edge is not detail. */
const STEEPEST = 40;
/** Of the crop's area that it may share with the middle, which the first look shows best. */
const OVERLAP = 0.25;
/** Pixels that are read of a picture at most; of a larger one rows are left out evenly. */
const MOST_READ = 4_000_000;

/** Squares of a native look. */
export const NATIVE_CROPS = 2;

/**
 * The middle, and the square with the most detail that shares little with it; `crops` of training/native_look.py.
 * @param side of the squares, at most that of the picture
 * @returns NATIVE_CROPS places; the middle twice where no other square fits
 */
export function nativeCrops(picture: RawPicture, side: number): readonly Position[] {
  const middle = { top: Math.floor((picture.height - side) / 2), left: Math.floor((picture.width - side) / 2) };
  return [middle, busiestBeside(picture, middle, side)];
}

function busiestBeside(picture: RawPicture, middle: Position, side: number): Position {
  const { sums, rows, columns } = summedDetail(picture);
  const cells = Math.ceil(side / CELL);
  let best = { ...middle, detail: Number.NEGATIVE_INFINITY };
  for (let row = 0; row + cells <= rows; row++) {
    for (let column = 0; column + cells <= columns; column++) {
      const [top, left] = [row * CELL, column * CELL];
      const shared = Math.max(0, side - Math.abs(top - middle.top)) * Math.max(0, side - Math.abs(left - middle.left));
      if (shared > OVERLAP * side * side) continue;
      const sum = (y: number, x: number): number => sums[y * (columns + 1) + x] ?? 0;
      const [bottom, right] = [row + cells, column + cells];
      const detail = sum(bottom, right) - sum(row, right) - sum(bottom, column) + sum(row, column);
      if (detail > best.detail) best = { top, left, detail };
    }
  }
  return { top: best.top, left: best.left };
}

/** Sums of detail above and left of each corner of the cells, which leave out the picture's rim of one pixel. */
function summedDetail(picture: RawPicture): { sums: Float64Array; rows: number; columns: number } {
  const { width, height } = picture;
  const [rows, columns] = [Math.floor((height - 2) / CELL), Math.floor((width - 2) / CELL)];
  const step = Math.min(CELL, Math.max(1, Math.ceil((width * height) / MOST_READ)));
  const detail = new Float64Array(Math.max(0, rows * columns));
  let lines = [new Int16Array(width), new Int16Array(width), new Int16Array(width)] as const;
  let readTo = -1;
  for (let y = 1; y <= rows * CELL; y += step) {
    for (let line = Math.max(readTo + 1, y - 1); line <= y + 1; line++) {
      lines = [lines[1], lines[2], lines[0]];
      readGrey(picture, line, lines[2]);
    }
    readTo = y + 1;
    addDetail(lines, detail, Math.floor((y - 1) / CELL) * columns, columns);
  }
  const sums = new Float64Array((rows + 1) * (columns + 1));
  for (let row = 0; row < rows; row++) {
    let ofRow = 0;
    for (let column = 0; column < columns; column++) {
      ofRow += detail[row * columns + column] ?? 0;
      sums[(row + 1) * (columns + 1) + column + 1] = (sums[row * (columns + 1) + column + 1] ?? 0) + ofRow;
    }
  }
  return { sums, rows, columns };
}

/** One row of grey as Pillow's "L" has it, in integers. */
function readGrey({ data, width }: RawPicture, y: number, to: Int16Array): void {
  let at = y * width * 3;
  for (let x = 0; x < width; x++, at += 3) {
    to[x] = ((data[at] ?? 0) * 19_595 + (data[at + 1] ?? 0) * 38_470 + (data[at + 2] ?? 0) * 7_471 + 0x8000) >> 16;
  }
}

/** Adds the second differences of a row to its cells. @param lines the row above, the row, and the one below */
function addDetail(
  [above, row, below]: readonly [Int16Array, Int16Array, Int16Array],
  detail: Float64Array,
  first: number,
  columns: number,
): void {
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    const end = (column + 1) * CELL;
    for (let x = column * CELL + 1; x <= end; x++) {
      const around = (above[x] ?? 0) + (below[x] ?? 0) + (row[x - 1] ?? 0) + (row[x + 1] ?? 0);
      sum += Math.min(STEEPEST, Math.abs(4 * (row[x] ?? 0) - around));
    }
    detail[first + column] = (detail[first + column] ?? 0) + sum;
  }
}
