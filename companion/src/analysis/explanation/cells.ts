import { type PackInput, planView } from '@touchstone/models';
import type { PictureSize } from '../../intake/picture-header.ts';

/** A rectangle in parts of the picture's width and height, 0..1, from the upper left corner. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A part of the picture and what it says: above 0 for AI, below for a camera. */
export interface Cell extends Area {
  readonly value: number;
}

/** A grid of values, row by row from the upper left. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly values: readonly number[];
}

/** Cells along the longer side of the picture in an explanation: half of the finest patches that a pack has. */
const LONGER_SIDE_CELLS = 16;

/** Where each view of a pack looks, in the order of the batch that `prepareViews` makes. */
export function viewAreas(input: PackInput, picture: PictureSize): Area[] {
  const [height, width] = input.size;
  return input.views.flatMap((rule) => {
    const { resize, positions } = planView(rule, input, picture);
    const whole = resize ?? picture;
    return positions.map(({ left, top }) => ({
      left: left / whole.width,
      top: top / whole.height,
      right: Math.min(1, (left + width) / whole.width),
      bottom: Math.min(1, (top + height) / whole.height),
    }));
  });
}

/** Smallest area that holds all. */
export function hull(areas: readonly Area[]): Area {
  return {
    left: Math.min(...areas.map(({ left }) => left)),
    top: Math.min(...areas.map(({ top }) => top)),
    right: Math.max(...areas.map(({ right }) => right)),
    bottom: Math.max(...areas.map(({ bottom }) => bottom)),
  };
}

/** Divides an area evenly, row by row. */
export function divide(area: Area, columns: number, rows: number): Area[] {
  const width = (area.right - area.left) / columns;
  const height = (area.bottom - area.top) / rows;
  return Array.from({ length: columns * rows }, (_, index) => {
    const left = area.left + (index % columns) * width;
    const top = area.top + Math.floor(index / columns) * height;
    return { left, top, right: left + width, bottom: top + height };
  });
}

/** Part of the picture that two areas have in common. */
export function overlap(a: Area, b: Area): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Mean of the cells' values over an area, by how much of it each covers; what no cell covers says nothing (0). */
export function meanOver(area: Area, cells: readonly Cell[]): number {
  const whole = (area.right - area.left) * (area.bottom - area.top);
  let sum = 0;
  let covered = 0;
  for (const cell of cells) {
    const share = overlap(area, cell);
    sum += share * cell.value;
    covered += share;
  }
  // Where views overlap, the cells cover more than the area: then it is their mean.
  return sum / Math.max(whole, covered);
}

/** Lays cells of any size on an even grid of nearly square cells over the whole picture. */
export function toGrid(cells: readonly Cell[], { width, height }: PictureSize): Grid {
  const longer = Math.max(width, height);
  const columns = Math.max(1, Math.round((LONGER_SIDE_CELLS * width) / longer));
  const rows = Math.max(1, Math.round((LONGER_SIDE_CELLS * height) / longer));
  const areas = divide({ left: 0, top: 0, right: 1, bottom: 1 }, columns, rows);
  return { columns, rows, values: areas.map((area) => meanOver(area, cells)) };
}

/** Scales a grid so that its strongest cell is 1 or -1; a grid of zeros stays. */
export function scaled({ columns, rows, values }: Grid): Grid {
  const strongest = Math.max(...values.map(Math.abs));
  return { columns, rows, values: values.map((value) => (strongest > 0 ? value / strongest : 0)) };
}
