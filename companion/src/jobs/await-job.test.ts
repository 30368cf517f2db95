import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { awaitJob } from './await-job.ts';
import type { Job } from './job.ts';
import type { JobLedger } from './job-ledger.ts';

it('leaves nothing behind where whoever waits goes while the job is still looked up', async () => {
  const { promise: looked, resolve: found } = Promise.withResolvers<Job>();
  const gone = new AbortController();
  const ledger = { get: () => looked, subscribe: () => undefined } as Pick<JobLedger, 'get' | 'subscribe'>;
  const waiting = awaitJob(ledger as JobLedger, 'a job', gone.signal);
  waiting.catch(() => undefined);
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  gone.abort();
  await nextTurn();
  await nextTurn();
  process.off('unhandledRejection', note);
  found({ id: 'a job', state: 'pending' } as Job);
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  expect(unhandled).toEqual([]);
});
