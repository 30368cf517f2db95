/** How often it is looked whether the process rests, in milliseconds. */
const LOOK_EVERY_MS = 1_000;
/** Share of the time since the last look in which a resting process may have done something; two frames of a video a second take more. */
const RESTING_SHARE = 0.02;
/** Garbage that is worth a collection, in bytes. */
const WORTH_BYTES = 8e6;

/** What is asked of Node, so that a test can answer for it. */
export interface Heap {
  /** Share of the time since the last call in which the main thread was busy, 0 to 1. */
  busyShare(): number;
  /** Bytes that the main thread holds in its heap and outside of it, garbage included. */
  used(): number;
  /** Collects all garbage and gives its memory back to the system; takes about a tenth of a second. */
  collect(): void;
}

/** Processor time, which waiting for others on a busy computer is not. */
function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** @returns the heap of this process; undefined where Node was started without `--expose-gc` (see node-settings.mjs) */
export function ownHeap(): Heap | undefined {
  const { gc } = globalThis;
  if (!gc) return undefined;
  let last = { at: performance.now(), cpuMs: threadCpuMs() };
  return {
    busyShare() {
      const now = { at: performance.now(), cpuMs: threadCpuMs() };
      const share = (now.cpuMs - last.cpuMs) / Math.max(1, now.at - last.at);
      last = now;
      return share;
    },
    used() {
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    },
    // Anything gentler keeps the freed pages for later.
    collect: () => void gc({ execution: 'sync', flavor: 'last-resort', type: 'major' }),
  };
}

/** Tells whether somebody waits for this process. */
export interface Work {
  /** Whether anything that a person waits for has begun or gone on since the last call. */
  worked(): boolean;
}

/**
 * Gives back what a start and a burst of work leave: V8 collects by how much is made, so a companion that waits would keep
 * the garbage of its start (measured: 77 MB of heap before, 29 MB after). Never while there is work. The share of the time alone does
 * not tell: on a computer that others keep busy a picture takes a second, of which this process gets 2 %, and every picture had waited
 * for a collection (measured with 14 programs on two cores: over a third of the main thread's time).
 * @param signal ends it; absent: it goes on as long as the process
 */
export function keepSmall({ worked }: Work, signal?: AbortSignal, heap: Heap | undefined = ownHeap()): void {
  if (!heap) return;
  let left = 0;
  heap.busyShare();
  const looking = setInterval(() => {
    const [working, busy, used] = [worked(), heap.busyShare() > RESTING_SHARE, heap.used()];
    // What was alive at the last collection, a large picture say, may have gone since.
    left = Math.min(left, used);
    if (working || busy || used - left < WORTH_BYTES) return;
    heap.collect();
    left = heap.used();
    // The collection itself is no work that a person waits for.
    heap.busyShare();
  }, LOOK_EVERY_MS);
  looking.unref();
  signal?.addEventListener('abort', () => clearInterval(looking), { once: true });
}
