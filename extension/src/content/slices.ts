/** Longest uninterrupted piece of work, in milliseconds: far below the 50 ms that count as a long task. */
const SLICE_MS = 6;

interface Scheduler {
  yield?(): Promise<void>;
}

function pause(): Promise<void> {
  const scheduler = (globalThis as { scheduler?: Scheduler }).scheduler;
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/**
 * Works through items in short slices, so that the page stays smooth.
 * @param items taken lazily: finding the next one is part of the work
 */
export async function inSlices<Item>(
  items: Iterable<Item>,
  work: (item: Item) => void,
  signal: AbortSignal,
  now: () => number = () => performance.now(),
): Promise<void> {
  let end = now() + SLICE_MS;
  for (const item of items) {
    if (signal.aborted) return;
    work(item);
    if (now() < end) continue;
    await pause();
    end = now() + SLICE_MS;
  }
}
