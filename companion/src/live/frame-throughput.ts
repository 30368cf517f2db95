/** How fast frames are answered lately. */
export interface FrameThroughput {
  /** Tells how long a frame took from its arrival to its answer, in milliseconds. */
  took(ms: number): void;
  /** Frames a second and track that can be answered without falling behind. */
  affordable(tracks: number): number;
}

/** Weight of the newest frame in the running mean. */
const NEWEST = 0.2;
/** Share of the time between two frames of one track that its frame may take: the rest is for others. */
const BUSY_SHARE = 0.6;

/** Starts without a limit and learns. */
export function createFrameThroughput(): FrameThroughput {
  let mean: number | undefined;
  return {
    took(ms) {
      mean = mean === undefined ? ms : mean + NEWEST * (ms - mean);
    },
    affordable: (tracks) =>
      mean === undefined ? Number.POSITIVE_INFINITY : (BUSY_SHARE * 1000) / (mean * Math.max(1, tracks / 4)),
  };
}
