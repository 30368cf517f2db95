/** What the process that runs a target is told. */
export interface FuzzOrder {
  readonly target: string;
  readonly seed: number;
  /** Number of the first input. */
  readonly from: number;
  /** How many inputs at most. */
  readonly count: number;
}

/** What it says while it works. `begins` comes before an input is tried, so that a hang and a crash can be named. */
export type FuzzReport =
  | { readonly type: 'begins'; readonly input: number }
  | { readonly type: 'finding'; readonly input: number; readonly error: string }
  | { readonly type: 'ended'; readonly inputs: number; readonly peakMegabytes: number };
