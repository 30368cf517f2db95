import { seededDraw } from '@touchstone/models/learning';
import { UMAP } from 'umap-js';
import type { MapQuestion } from './map-protocol.ts';

/** The same pictures lie in the same places every time. */
const SEED = 1;
const DRAWS = 2 ** 32;
/** Neighbours that are kept near each other, where there are so many: the library's default, and that of its paper. */
const NEIGHBOURS = 15;
/** Fewer than these have no neighbourhood to keep. */
const FEWEST = 4;
/** How close points may lie in a clump: what is alike stays apart enough to be picked singly. */
const MIN_DISTANCE = 0.3;

/** Rows of length 1, so that straight distances go with the angle that reasons are told by. */
function directions({ values, rows, columns }: MapQuestion): number[][] {
  return Array.from({ length: rows }, (_, row) => {
    const own = values.subarray(row * columns, (row + 1) * columns);
    let sum = 0;
    for (const one of own) sum += one * one;
    const length = Math.sqrt(sum) || 1;
    return Array.from(own, (one) => one / length);
  });
}

/** Puts what is alike near each other (UMAP, McInnes et al. 2018). @returns of each row x and y in turn, each filling 0..1 */
export function layOut(question: MapQuestion): Float64Array {
  const { rows } = question;
  const draw = seededDraw(SEED);
  const points =
    rows < FEWEST
      ? Array.from({ length: rows }, (_, row) => [row, 0])
      : new UMAP({
          nComponents: 2,
          nNeighbors: Math.min(NEIGHBOURS, rows - 1),
          minDist: MIN_DISTANCE,
          random: () => draw(DRAWS) / DRAWS,
        }).fit(directions(question));
  const places = new Float64Array(rows * 2);
  for (const axis of [0, 1]) {
    const all = points.map((point) => point[axis] ?? 0);
    const least = all.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const span = all.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) - least;
    for (const [row, value] of all.entries()) places[row * 2 + axis] = span > 0 ? (value - least) / span : 0.5;
  }
  return places;
}
