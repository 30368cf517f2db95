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

/** The nearest taught rows of one row, nearest first, equal distances in the order of rows. Exact, by comparing with all. */
export function nearest(taught: Design, values: Float32Array | Float64Array, count: number): Neighbour[] {
  const length = norm(values);
  const found = Array.from({ length: taught.rows }, (_, row): Neighbour => {
    const other = rowOf(taught, row);
    let product = 0;
    for (let i = 0; i < taught.columns; i += 1) product += (values[i] ?? 0) * (other[i] ?? 0);
    return { row, distance: 1 - product / (length * norm(other)) };
  });
  return found.sort((a, b) => a.distance - b.distance || a.row - b.row).slice(0, count);
}

/** Share of the k nearest that a generator made, as scikit-learn's KNeighborsClassifier(metric='cosine') says it. */
export function neighbourProbabilities(taught: Labelled, design: Design, k: number): Float64Array {
  return Float64Array.from({ length: design.rows }, (_, row) => {
    const found = nearest(taught, rowOf(design, row), k);
    return found.filter((one) => taught.labels[one.row] === 1).length / found.length;
  });
}
