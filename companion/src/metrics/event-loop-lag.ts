import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How often the thread is looked at, in milliseconds: rarely enough to let a processor sleep. */
const RESOLUTION_MS = 100;

/** What is told looks back at least so far, in milliseconds: two who ask share it. */
const WINDOW_MS = 10_000;

const NS_PER_SECOND = 1e9;

/** Seconds. */
export interface EventLoopLag {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Watches how late the main thread is, until `signal` aborts. */
export function watchEventLoop(signal: AbortSignal): () => EventLoopLag {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  signal.addEventListener('abort', () => histogram.disable(), { once: true });
  let since = performance.now();
  let told: EventLoopLag = { p50: 0, p99: 0, max: 0 };
  // What is measured is the time between two looks, of which the resolution is no delay.
  const late = (ns: number): number => Math.max(0, ns / NS_PER_SECOND - RESOLUTION_MS / 1000);
  return () => {
    if (histogram.count > 0) {
      told = { p50: late(histogram.percentile(50)), p99: late(histogram.percentile(99)), max: late(histogram.max) };
    }
    if (performance.now() - since > WINDOW_MS) {
      histogram.reset();
      since = performance.now();
    }
    return told;
  };
}
