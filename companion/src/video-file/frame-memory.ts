import { releaseMemory } from '@touchstone/models/pixels';
import { lendPixels } from '../decode/release-pixels.ts';

/** Memory for the frames of one video. */
export interface FrameMemory {
  /**
   * @param bytes of a frame
   * @returns memory whose bytes may be anything; it comes back by `releasePixels`
   */
  take(bytes: number): Uint8Array;
  /** Nothing more will be taken; what is still out goes back to the system when it is released. */
  close(): void;
}

/**
 * Frames of a video have one size, so the memory of one that was judged takes the next. Memory of its own for every frame (3 MB
 * at 720p) made the garbage collector run ten times in 30 s of video, half of the main thread's processor time.
 */
export function createFrameMemory(): FrameMemory {
  let free: Uint8Array[] = [];
  let closed = false;

  function takeBack(data: Uint8Array): void {
    if (closed) releaseMemory(data);
    else free.push(data);
  }

  return {
    take(bytes) {
      let data = free.pop();
      if (data?.length !== bytes) {
        // The size has changed: what is left of the one before is of no use.
        for (const other of [...(data ? [data] : []), ...free.splice(0)]) releaseMemory(other);
        data = new Uint8Array(bytes);
      }
      const own = data;
      lendPixels(own, () => takeBack(own));
      return own;
    },
    close() {
      closed = true;
      for (const data of free) releaseMemory(data);
      free = [];
    },
  };
}
