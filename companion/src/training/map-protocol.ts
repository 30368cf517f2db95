/** To the thread that lays pictures out. */
export interface MapQuestion {
  /** Features, row after row. */
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Of each row its place, 0..1 both ways: x and y in turn. */
export type MapAnswer = { readonly places: Float64Array } | { readonly failed: string };
