/** Rows of numbers, one row an item, as one array of rows x columns in the order of rows. */
export interface Design {
  readonly values: Float32Array | Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** Items with their class. */
export interface Labelled extends Design {
  /** Of each row: 1 made by a generator, 0 from a camera. */
  readonly labels: Uint8Array;
  /** Of each row, how much it counts; absent: all alike. */
  readonly weights?: Float64Array | undefined;
  /** Of each row, a logit that is there already and that the line is added to; absent: none. */
  readonly offsets?: Float64Array | undefined;
}

/** A row of a design, not copied. */
export const rowOf = ({ values, columns }: Design, row: number): Float32Array | Float64Array =>
  values.subarray(row * columns, (row + 1) * columns);

/** Some rows of a design, in the order given, copied. */
export function rowsOf(design: Design, rows: readonly number[]): Design {
  const values = new Float64Array(rows.length * design.columns);
  for (const [to, from] of rows.entries()) values.set(rowOf(design, from), to * design.columns);
  return { values, rows: rows.length, columns: design.columns };
}

/** Means and standard deviations of columns. */
export interface Standardisation {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** Of the rows that teach; a column that never changes keeps a deviation of 1, as in scikit-learn's StandardScaler. */
export function standardisationOf(design: Design): Standardisation {
  const { rows, columns } = design;
  const mean = new Float64Array(columns);
  const deviation = new Float64Array(columns);
  for (let row = 0; row < rows; row += 1) {
    const values = rowOf(design, row);
    for (let i = 0; i < columns; i += 1) mean[i] = (mean[i] ?? 0) + (values[i] ?? 0) / rows;
  }
  for (let row = 0; row < rows; row += 1) {
    const values = rowOf(design, row);
    for (let i = 0; i < columns; i += 1) {
      const off = (values[i] ?? 0) - (mean[i] ?? 0);
      deviation[i] = (deviation[i] ?? 0) + (off * off) / rows;
    }
  }
  return { mean, deviation: deviation.map((variance) => (variance > Number.EPSILON ** 2 ? Math.sqrt(variance) : 1)) };
}

/** @returns a design of the same shape in 64 bits */
export function standardise(design: Design, { mean, deviation }: Standardisation): Design {
  const values = new Float64Array(design.rows * design.columns);
  for (let i = 0; i < values.length; i += 1) {
    const column = i % design.columns;
    values[i] = ((design.values[i] ?? 0) - (mean[column] ?? 0)) / (deviation[column] ?? 1);
  }
  return { values, rows: design.rows, columns: design.columns };
}

/**
 * Weights with which both classes count alike, and within a class every source: a folder with ten times the pictures does not
 * teach ten times as much. They sum to the number of rows.
 * @param sources of each row
 */
export function balancedWeights(labels: Uint8Array, sources: readonly string[]): Float64Array {
  const counts = new Map<string, number>();
  const kinds = [new Set<string>(), new Set<string>()];
  const keyOf = (row: number): string => `${labels[row]}/${sources[row]}`;
  for (let row = 0; row < labels.length; row += 1) {
    counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
    kinds[labels[row] ?? 0]?.add(keyOf(row));
  }
  const classes = kinds.filter(({ size }) => size > 0).length;
  return Float64Array.from(labels, (label, row) => {
    const share = 1 / (classes * (kinds[label]?.size ?? 1) * (counts.get(keyOf(row)) ?? 1));
    return share * labels.length;
  });
}
