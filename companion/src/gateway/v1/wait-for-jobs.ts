import { MAX_WAIT_SECONDS } from '@touchstone/shared/api';
import { hasEnded, type Job } from '../../jobs/job.ts';
import type { JobLedger } from '../../jobs/job-ledger.ts';

/** Seconds of a `Prefer: wait=` (RFC 7240, 4.3); undefined without one. */
export function preferredWait(header: string | string[] | undefined): number | undefined {
  const [, seconds] = /(?:^|[,;]\s*)wait=(\d{1,6})\b/i.exec(String(header ?? '')) ?? [];
  return seconds === undefined ? undefined : Math.min(Number(seconds), MAX_WAIT_SECONDS);
}

/** @returns the jobs as they are when all have ended, when the time is over, or when `signal` aborts */
export async function waitForJobs(
  jobs: readonly Job[],
  ledger: JobLedger,
  seconds: number,
  signal: AbortSignal,
): Promise<readonly Job[]> {
  const latest = new Map(jobs.map((job) => [job.id, job]));
  const over = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    if ([...latest.values()].every(hasEnded)) resolve();
  };
  over.addEventListener('abort', () => resolve(), { once: true });
  const listening = new AbortController();
  ledger.subscribe((job) => {
    if (!latest.has(job.id)) return;
    latest.set(job.id, job);
    look();
  }, listening.signal);
  try {
    // What has changed before anybody listened.
    for (const { id } of jobs) {
      const job = await ledger.get(id);
      if (job) latest.set(id, job);
    }
    look();
    await promise;
  } finally {
    listening.abort();
  }
  return [...latest.values()];
}
