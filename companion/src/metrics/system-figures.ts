import { LANES } from '@touchstone/shared';
import type { DayCount, StageTimes, SystemFigures } from '@touchstone/shared/api';
import { CACHES, STAGES } from '../observe/observer.ts';
import type { Instruments, Series } from './instruments.ts';
import type { StageQuantiles } from './recent-times.ts';
import type { Snapshot } from './snapshot.ts';

const MS_PER_SECOND = 1000;

/** HTTP statuses from which a request was refused, and from which it failed here (RFC 9110, 15.5 and 15.6). */
const REFUSED = 400;
const FAILED = 500;

const text = (value: string | number | undefined): string => String(value ?? '');
const sum = (series: readonly Series[]): number => series.reduce((total, { value }) => total + value, 0);

/** What stages took lately, in their order. */
function stageTimes(recent: readonly StageQuantiles[]): StageTimes[] {
  const media = [...new Set(recent.map(({ medium }) => medium))];
  return media.flatMap((medium) =>
    STAGES.flatMap((stage) =>
      recent
        .filter((one) => one.medium === medium && one.stage === stage)
        .map(({ p50, p95, p99 }) => ({
          medium,
          stage,
          p50: p50 * MS_PER_SECOND,
          p95: p95 * MS_PER_SECOND,
          p99: p99 * MS_PER_SECOND,
        })),
    ),
  );
}

/** How many values lie in each bucket of a histogram without labels, from its buckets' running totals. */
function tenthsOf(series: readonly Series[]): number[] {
  const buckets = series.filter(({ name, labels }) => name.endsWith('_bucket') && labels.le !== '+Inf');
  return buckets.map(({ value }, i) => value - (buckets[i - 1]?.value ?? 0));
}

function average(series: readonly Series[]): number | null {
  const part = (suffix: string): number => sum(series.filter(({ name }) => name.endsWith(suffix)));
  return part('_count') === 0 ? null : part('_sum') / part('_count');
}

async function errorsOf({ read }: Instruments): Promise<SystemFigures['errors']> {
  const counts = new Map<string, number>();
  for (const { labels, value } of await read('touchstone_errors_total')) {
    const code = text(labels.code);
    counts.set(code, (counts.get(code) ?? 0) + value);
  }
  return [...counts].map(([code, count]) => ({ code, count })).toSorted((a, b) => b.count - a.count);
}

/** What people are shown of the metrics. */
export async function systemFigures(
  instruments: Instruments,
  snapshot: Snapshot,
  { days, recent }: { readonly days: readonly DayCount[]; readonly recent: readonly StageQuantiles[] },
): Promise<SystemFigures> {
  const { read } = instruments;
  const { status, readiness, jobs, disk, storage, usage, lag, gpus, packs } = snapshot;
  const requests = await read('touchstone_http_requests_total');
  const withStatus = (from: number, below: number): number =>
    sum(requests.filter(({ labels }) => Number(labels.status) >= from && Number(labels.status) < below));
  const asked = await read('touchstone_cache_requests_total');
  const outcomes = (cache: string, outcome: string): number =>
    sum(asked.filter(({ labels }) => labels.cache === cache && labels.outcome === outcome));
  return {
    at: Date.now(),
    ...readiness,
    status,
    queue: LANES.map((lane) => ({
      lane,
      waiting: status.queued[lane],
      accepted: lane === 'live' ? 0 : jobs.pending[lane],
    })),
    stages: stageTimes(recent),
    days: [...days],
    probabilities: tenthsOf(await read('touchstone_verdict_probability')),
    confidence: average(await read('touchstone_verdict_confidence')),
    errors: await errorsOf(instruments),
    requests: {
      answered: sum(requests),
      refused: withStatus(REFUSED, FAILED),
      failed: withStatus(FAILED, Number.POSITIVE_INFINITY),
    },
    caches: CACHES.map((cache) => ({ cache, hits: outcomes(cache, 'hit'), misses: outcomes(cache, 'miss') })),
    storage: Object.entries(storage ?? {}).map(([kind, bytes]) => ({ kind, bytes })),
    disk: disk ?? null,
    processes: [...usage].map(([process, { running, memory, cpuMs }]) => ({
      process,
      running,
      memoryBytes: memory ?? null,
      cpuSeconds: cpuMs / MS_PER_SECOND,
    })),
    eventLoopLag: {
      p50: lag.p50 * MS_PER_SECOND,
      p99: lag.p99 * MS_PER_SECOND,
      max: lag.max * MS_PER_SECOND,
    },
    gpus: gpus.map(({ busy, ...memory }) => ({ busy: busy ?? null, ...memory })),
    packs: [...packs],
  };
}
