const IDLE = 0;
const WORKING = 1;
const LOCKED_OUT = 2;

/** What a thread does now, in memory that it shares with the thread that started it. */
export type ThreadActivity = Int32Array<SharedArrayBuffer>;

/** Of a thread that is about to start: loading its program may run native code, so it counts as work. */
export function newActivity(): ThreadActivity {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)).fill(WORKING);
}

/** Called in the thread. @returns false when it is locked out: the process is ending, nothing may begin any more */
export function beginWork(activity: ThreadActivity): boolean {
  return Atomics.compareExchange(activity, 0, IDLE, WORKING) === IDLE;
}

/** Called in the thread. */
export function endWork(activity: ThreadActivity): void {
  Atomics.store(activity, 0, IDLE);
  Atomics.notify(activity, 0);
}

/**
 * Waits for the end of a thread's work, blocking the caller, and lets it begin no other.
 * @returns false when it still works after the time
 */
export function lockOut(activity: ThreadActivity, limitMs: number): boolean {
  const deadline = performance.now() + limitMs;
  for (;;) {
    if (Atomics.compareExchange(activity, 0, IDLE, LOCKED_OUT) !== WORKING) return true;
    const left = deadline - performance.now();
    if (left <= 0) return false;
    Atomics.wait(activity, 0, WORKING, left);
  }
}
