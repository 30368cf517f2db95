/** For tests: the inference thread of crashing-worker.ts dies of every picture that begins with these bytes. */
export const POISON = [13, 37] as const;
