import { setImmediate as nextTurn } from 'node:timers/promises';
import { CompanionSettings } from '@touchstone/shared';
import { pino } from 'pino';
import * as v from 'valibot';
import { expect, it, onTestFinished } from 'vitest';
import { workOf } from './fixtures/ledger-conformance.ts';
import type { Job, JobLane } from './job.ts';
import type { ClaimedJob, JobLedger } from './job-ledger.ts';
import { runJobs } from './run-jobs.ts';

const CONCURRENCY = 2;

function jobOf(index: number, lane: JobLane): Job {
  const work = workOf(index, { lane });
  const nothing = { stage: null, progress: null, recordId: null, error: null, startedAt: null, endedAt: null };
  return { id: `job ${index}`, state: 'pending', work, attempts: 1, acceptedAt: 0, ...nothing };
}

/** A worker whose jobs never end, on a ledger with endless bulk and one question at a time. */
async function fullWorker(canClaimAsked: boolean) {
  const listeners = new Set<(job: Job) => void>();
  const begun: string[] = [];
  const asked: Job[] = [];
  let claimed = 0;
  const claimOf = (job: Job): ClaimedJob => ({ job, claim: { jobId: job.id, worker: 'w', attempt: 1 } });
  const ledger = {
    recover: async () => ({ again: [], setAside: [] }),
    heartbeat: async () => true,
    release: async () => {},
    claimMany: async (_: string, count: number) =>
      Array.from({ length: count }, () => {
        claimed += 1;
        return claimOf(jobOf(claimed, 'bulk'));
      }),
    subscribe: (listener: (job: Job) => void) => void listeners.add(listener),
  } as unknown as JobLedger;
  const stop = new AbortController();
  const never = Promise.withResolvers<never>();
  const runner = await runJobs(
    {
      ledger,
      contents: { read: async () => new Uint8Array(1), settled: async () => {} } as never,
      pipeline: {
        check: async ({ lane }) => {
          begun.push(lane);
          return never.promise;
        },
      },
      videos: {} as never,
      settings: () => v.parse(CompanionSettings, {}),
      logger: pino({ level: 'silent' }),
      concurrency: CONCURRENCY,
      ...(canClaimAsked ? { claimAsked: async () => asked.splice(0).map(claimOf) } : {}),
    },
    stop.signal,
  );
  onTestFinished(async () => {
    stop.abort();
    never.reject(new Error('over'));
    await runner.close();
  });
  const ask = (): void => {
    const job = jobOf(1_000, 'asked');
    asked.push(job);
    for (const listener of listeners) listener(job);
  };
  return { begun, ask };
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await nextTurn();
};

it('begins with a question though its hands are full of bulk, and with no more bulk', async () => {
  const { begun, ask } = await fullWorker(true);
  await turns();
  expect(begun).toEqual(['bulk', 'bulk']);
  ask();
  await expect.poll(() => begun).toEqual(['bulk', 'bulk', 'asked']);
});

it('lets a question wait until something ends where questions cannot be claimed alone', async () => {
  const { begun, ask } = await fullWorker(false);
  await turns();
  ask();
  await turns();
  expect(begun).toEqual(['bulk', 'bulk']);
});
