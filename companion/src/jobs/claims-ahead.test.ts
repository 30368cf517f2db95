import { CompanionSettings } from '@touchstone/shared';
import { pino } from 'pino';
import * as v from 'valibot';
import { expect, it, onTestFinished } from 'vitest';
import type { CheckRequest } from '../pipeline/pipeline.ts';
import { workOf } from './fixtures/ledger-conformance.ts';
import type { Job } from './job.ts';
import type { JobLedger } from './job-ledger.ts';
import { runJobs } from './run-jobs.ts';

const CONCURRENCY = 2;
/** Questions in work beyond that. */
const ASKED_BEYOND = 4;

interface Check {
  /** What its record will be. */
  readonly id: string;
  readonly judged: () => void;
  readonly written: () => void;
}

function jobOf(index: number, lane: 'asked' | 'bulk' = 'bulk'): Job {
  const nothing = { stage: null, progress: null, recordId: null, error: null, startedAt: null, endedAt: null };
  const work = workOf(index, { lane });
  return { id: `job ${index}`, state: 'pending', work, attempts: 1, acceptedAt: 0, ...nothing };
}

/** A worker on a ledger with so many jobs, questions from the one with that number, whose pictures are judged and written when the test says so. */
async function worker(jobs: number, { askedFrom = Number.POSITIVE_INFINITY } = {}) {
  const settings = { recordingPaused: false };
  const listeners = new Set<(job: Job) => void>();
  const claims: number[] = [];
  const released: string[] = [];
  const completed: string[] = [];
  const checks: Check[] = [];
  let claimed = 0;
  const ledger = {
    recover: async () => ({ again: [], setAside: [] }),
    heartbeat: async () => true,
    release: async ({ jobId }: { jobId: string }) => void released.push(jobId),
    complete: async ({ jobId }: { jobId: string }) => completed.push(jobId) > 0,
    async claimMany(_: string, count: number) {
      const some = Array.from({ length: Math.min(count, jobs - claimed) }, (_, at) =>
        jobOf(claimed + at, claimed + at >= askedFrom ? 'asked' : 'bulk'),
      );
      claimed += some.length;
      if (some.length > 0) claims.push(some.length);
      return some.map((job) => ({ job, claim: { jobId: job.id, worker: 'w', attempt: 1 } }));
    },
    subscribe: (listener: (job: Job) => void) => void listeners.add(listener),
  } as unknown as JobLedger;
  async function check({ job, onJudged }: CheckRequest) {
    const written = Promise.withResolvers<void>();
    checks.push({ id: job?.jobId ?? '', judged: () => onJudged?.(), written: written.resolve });
    await written.promise;
    return { id: 'R', logged: true } as never;
  }
  const stop = new AbortController();
  const runner = await runJobs(
    {
      ledger,
      contents: { read: async () => new Uint8Array(1), forget: async () => {}, settled: async () => {} } as never,
      pipeline: { check },
      videos: {} as never,
      settings: () => ({ ...v.parse(CompanionSettings, {}), ...settings }),
      logger: pino({ level: 'silent' }),
      concurrency: CONCURRENCY,
      claimsAhead: true,
      claimAsked: async () => [],
    },
    stop.signal,
  );
  async function close(): Promise<void> {
    stop.abort();
    for (const { written } of checks) written();
    await runner.close();
  }
  onTestFinished(close);
  const cancel = (job: Job): void => {
    for (const listener of listeners) listener({ ...job, state: 'cancelled' });
  };
  return { checks, claims, released, completed, settings, cancel, close };
}

/** Ends so many checks, one after the other. */
async function end({ checks }: Awaited<ReturnType<typeof worker>>, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    await expect.poll(() => checks.length).toBeGreaterThan(at);
    checks[at]?.judged();
    checks[at]?.written();
  }
}

it('begins the next when a picture is judged, while its record is written', async () => {
  const all = await worker(100);
  await expect.poll(() => all.checks.length).toBe(CONCURRENCY);
  all.checks[0]?.judged();
  await expect.poll(() => all.checks.length).toBe(CONCURRENCY + 1);
  // However slowly records are written, so many wait at most.
  for (let at = 1; at < 16; at += 1) {
    all.checks[at]?.judged();
    await expect.poll(() => all.checks.length).toBe(CONCURRENCY + at + 1);
  }
  for (const { judged } of all.checks) judged();
  await expect.poll(() => all.checks.length).toBe(CONCURRENCY + 16);
  expect(all.completed).toEqual([]);
});

it('claims some together once it is quick, and gives back what it has not begun when it ends', async () => {
  const all = await worker(1_000);
  await end(all, 60);
  await expect.poll(() => Math.max(...all.claims)).toBeGreaterThan(CONCURRENCY);
  expect(Math.max(...all.claims)).toBeLessThanOrEqual(CONCURRENCY + 8);
  const held = all.claims.reduce((sum, count) => sum + count, 0);
  await all.close();
  expect(all.completed).toHaveLength(all.checks.length);
  expect(all.released).toHaveLength(held - all.checks.length);
  const begun = new Set(all.checks.map(({ id }) => id));
  expect(all.released.filter((id) => begun.has(id))).toEqual([]);
});

it('gives back what it has not begun while recording is paused', async () => {
  const all = await worker(1_000);
  await end(all, 60);
  const held = () => all.claims.reduce((sum, count) => sum + count, 0) - all.checks.length;
  await expect.poll(held).toBeGreaterThan(0);
  all.settings.recordingPaused = true;
  for (const { written } of all.checks) written();
  await expect.poll(() => all.released.length).toBe(held());
});

it('does not begin what was cancelled after it was claimed', async () => {
  const all = await worker(1_000);
  await end(all, 60);
  const held = () => all.claims.reduce((sum, count) => sum + count, 0) - all.checks.length;
  await expect.poll(held).toBeGreaterThan(0);
  const next = all.checks.length;
  all.cancel(jobOf(next));
  for (const { written } of all.checks) written();
  await expect.poll(() => all.checks.length).toBeGreaterThan(next);
  expect(all.checks.map(({ id }) => id)).not.toContain(`job ${next}`);
});

it('gives back what it has not begun when what is in its hands turns out slow', async () => {
  const all = await worker(1_000);
  await end(all, 60);
  const held = () => all.claims.reduce((sum, count) => sum + count, 0) - all.checks.length;
  await expect.poll(held).toBeGreaterThan(0);
  // Nothing ends any more: others may be quicker.
  await expect.poll(() => held() - all.released.length, { timeout: 10_000 }).toBe(0);
  expect(all.released.length).toBeGreaterThan(0);
});

it('begins a question that it has claimed ahead where only bulk would wait', async () => {
  const all = await worker(1_000, { askedFrom: 55 });
  await end(all, 50);
  await expect.poll(() => all.checks.some(({ id }) => id === 'job 55'), { timeout: 10_000 }).toBe(true);
  const open = all.checks.length - 50;
  expect(open).toBeGreaterThan(CONCURRENCY);
  expect(open).toBeLessThanOrEqual(CONCURRENCY + ASKED_BEYOND);
});
