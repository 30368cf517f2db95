import { createThreadSupervisor, type ThreadSupervisor } from '../../workers/thread-supervisor.ts';
import { IDLE_RELEASE_MS, LONGEST_PAUSE_MS, RECYCLE_ABOVE_BYTES, THREAD_HEAP_MEGABYTES } from './limits.ts';
import type { ReadReply, ReadRequest, TrustMaterial } from './worker-protocol.ts';

const SCRIPT = new URL('./provenance-worker.ts', import.meta.url);

/** Reads one file at a time; `restarts` counts the threads lost over one. */
export type ReaderThread = ThreadSupervisor<ReadRequest, ReadReply>;

/** Keeps one thread alive: started with the first file, replaced after a loss, ended when idle or grown too large. */
export function createReaderThread(trust: readonly TrustMaterial[], script = SCRIPT): ReaderThread {
  return createThreadSupervisor({
    script,
    name: 'touchstone-provenance',
    data: trust,
    heapMegabytes: THREAD_HEAP_MEGABYTES,
    native: false,
    idleMs: IDLE_RELEASE_MS,
    longestPauseMs: LONGEST_PAUSE_MS,
    outgrown: ({ memory }) => memory > RECYCLE_ABOVE_BYTES,
  });
}
