/** What may be unanswered at a time, as the companion granted it in `welcome`. */
export interface CaptureWindow {
  fits(bytes: number): boolean;
  take(bytes: number): void;
  release(bytes: number): void;
}

/** @param captures at a time @param bytes encoded bytes at a time */
export function createCaptureWindow(captures: number, bytes: number): CaptureWindow {
  let taken = 0;
  let takenBytes = 0;
  return {
    // A capture larger than the whole window goes alone: the companion's own limit decides about it.
    fits: (size) => taken === 0 || (taken < captures && takenBytes + size <= bytes),
    take(size) {
      taken += 1;
      takenBytes += size;
    },
    release(size) {
      taken = Math.max(0, taken - 1);
      takenBytes = Math.max(0, takenBytes - size);
    },
  };
}
