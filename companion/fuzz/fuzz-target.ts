/** Random choices that a seed repeats, so that every input can be made again from its number. */
export interface SeededRandom {
  /** @returns a number from 0 up to, but not including, 1 */
  next(): number;
  /** @returns a whole number from 0 up to, but not including, `below` */
  int(below: number): number;
  bytes(length: number): Uint8Array;
  /** @param list not empty */
  pick<T>(list: readonly T[]): T;
}

/** One door through which hostile bytes come in. */
export interface FuzzTarget {
  readonly name: string;
  /**
   * Makes ONE input out of `random` and hands it to the code under test.
   * Ends normally where the code took the input or refused it with a typed error.
   * @param signal aborts when the run is over
   * @throws anything else, which is a finding
   */
  run(random: SeededRandom, signal: AbortSignal): Promise<void>;
  /** Ends what the target has started: servers, processes, files. */
  close?(): Promise<void>;
}
