import type { Stage } from '../observe/observer.ts';

/** What quantiles look back on, in milliseconds. */
const WINDOW_MS = 10 * 60_000;

/** Times kept of a series; enough for its 99th of 100, few enough to sort at every question. */
const KEPT = 512;

export const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;
export type QuantileName = keyof typeof QUANTILES;

/** Seconds. */
export interface StageQuantiles extends Readonly<Record<QuantileName, number>> {
  readonly medium: string;
  readonly stage: Stage;
}

export interface RecentTimes {
  add(medium: string, stage: Stage, seconds: number): void;
  /** Of every series that has times of the last ten minutes. */
  quantiles(): readonly StageQuantiles[];
}

interface Ring {
  readonly medium: string;
  readonly stage: Stage;
  readonly seconds: Float64Array;
  readonly at: Float64Array;
  count: number;
}

/**
 * Quantiles of what stages took lately, which need no server: the last times of each, sorted when somebody asks. A digest that is kept
 * sorted all along (the Summary of prom-client) costs four times as much at every stage, and forty milliseconds at every scrape of 24 series.
 */
export function createRecentTimes(now: () => number = () => performance.now()): RecentTimes {
  const rings = new Map<string, Ring>();

  function recent({ seconds, at, count }: Ring): Float64Array {
    const since = now() - WINDOW_MS;
    return seconds
      .slice(0, Math.min(count, KEPT))
      .filter((_, index) => (at[index] ?? 0) >= since)
      .toSorted();
  }

  return {
    add(medium, stage, seconds) {
      const key = `${medium} ${stage}`;
      const ring = rings.get(key) ?? {
        medium,
        stage,
        seconds: new Float64Array(KEPT),
        at: new Float64Array(KEPT),
        count: 0,
      };
      if (ring.count === 0) rings.set(key, ring);
      ring.seconds[ring.count % KEPT] = seconds;
      ring.at[ring.count % KEPT] = now();
      ring.count += 1;
    },
    quantiles: () =>
      [...rings.values()].flatMap((ring) => {
        const sorted = recent(ring);
        if (sorted.length === 0) return [];
        const at = (share: number): number =>
          sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
        const { medium, stage } = ring;
        return [{ medium, stage, p50: at(QUANTILES.p50), p95: at(QUANTILES.p95), p99: at(QUANTILES.p99) }];
      }),
  };
}
