import { lockOut, type ThreadActivity } from './thread-activity.ts';

/**
 * How long the end of the process waits for native work, in milliseconds. A run takes at most 3 s on slow processors; a
 * graph that is loading may take longer on a busy disk, and a driver that hangs takes for ever.
 */
const EXIT_WAIT_MS = 5_000;

interface NativeThread {
  readonly activity: ThreadActivity;
  /** Tells it to end once its work is done. */
  readonly tellEnd: () => void;
}

const threads = new Set<NativeThread>();

/**
 * Keeps the end of this process from ending a thread inside native code, which aborts the process: the runtime's binding
 * throws into a dying isolate. Where such work does not end in time, the process is killed instead, and so never aborts:
 * at that point everything is written that will be.
 * @returns to be called when the thread has ended
 */
export function guardNativeThread(thread: NativeThread): () => void {
  if (threads.size === 0) process.on('exit', endAll);
  threads.add(thread);
  return () => {
    threads.delete(thread);
    if (threads.size === 0) process.off('exit', endAll);
  };
}

function endAll(): void {
  const deadline = performance.now() + EXIT_WAIT_MS;
  for (const { tellEnd } of threads) tellEnd();
  for (const { activity } of threads) {
    // No gentler end leaves the threads alone: process.exit and process.reallyExit both end them first.
    if (!lockOut(activity, deadline - performance.now())) process.kill(process.pid, 'SIGKILL');
  }
}
