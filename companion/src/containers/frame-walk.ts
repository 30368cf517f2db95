/** Frames of an animation, found in the container's own structure in one pass: nothing is decoded. */
export interface FrameWalk {
  /** All frames that the file holds. */
  readonly frames: number;
  /** Milliseconds that each is shown, as the file says; of the first MOST_DELAYS frames. */
  readonly delays: readonly number[];
  /** The structure ends where the file does; false for a file that is cut off. */
  readonly whole: boolean;
  /** The file with its first frame alone: what is before the frames, and metadata, stay as they are. */
  first(): Uint8Array;
}

/** Times that are kept: no longer animation is looked at over time. */
export const MOST_DELAYS = 3_000;
