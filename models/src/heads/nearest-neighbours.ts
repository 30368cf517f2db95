import { type Design, type Labelled, rowOf } from './design.ts';

/** A taught item near another one. */
export interface Neighbour {
  readonly row: number;
  /** Cosine distance, 0 (same direction) .. 2. */
  readonly distance: number;
}

const norm = (values: Float32Array | Float64Array): number => {
  let sum = 0;
  for (const one of values) sum += one * one;
  return Math.sqrt(sum) || 1;
};

/** Finds the nearest taught rows of a row, nearest first, equal distances in the order of rows. */
export type FindNearest = (values: Float32Array | Float64Array, count: number) => Neighbour[];

/** Exact, by comparing with all. */
export function nearestAmong(taught: Design): FindNearest {
  const norms = Float64Array.from({ length: taught.rows }, (_, row) => norm(rowOf(taught, row)));
  return (values, count) => {
    const length = norm(values);
    const found: Neighbour[] = [];
    for (let row = 0; row < taught.rows; row += 1) {
      const first = row * taught.columns;
      let product = 0;
      for (let i = 0; i < taught.columns; i += 1) product += (values[i] ?? 0) * (taught.values[first + i] ?? 0);
      const distance = 1 - product / (length * (norms[row] ?? 1));
      const last = found[count - 1];
      if (last && distance >= last.distance) continue;
      let place = Math.min(found.length, count - 1);
      while (place > 0 && distance < (found[place - 1]?.distance ?? 0)) place -= 1;
      found.splice(place, 0, { row, distance });
      if (found.length > count) found.pop();
    }
    return found;
  };
}

/** Share of the k nearest that a generator made, as scikit-learn's KNeighborsClassifier(metric='cosine') says it. */
export function neighbourProbabilities(taught: Labelled, design: Design, k: number): Float64Array {
  const nearest = nearestAmong(taught);
  return Float64Array.from({ length: design.rows }, (_, row) => {
    const found = nearest(rowOf(design, row), k);
    return found.filter((one) => taught.labels[one.row] === 1).length / found.length;
  });
}
