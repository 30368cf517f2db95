import { TouchstoneError, throwIfCancelled } from '@touchstone/shared';
import { hasEnded, type Job } from './job.ts';
import type { JobLedger } from './job-ledger.ts';

/**
 * Waits until a job has ended.
 * @returns undefined for an unknown id
 * @throws TouchstoneError `cancelled` when `signal` aborts first; the job goes on
 */
export async function awaitJob(ledger: JobLedger, id: string, signal: AbortSignal): Promise<Job | undefined> {
  throwIfCancelled(signal);
  const over = new AbortController();
  const { promise, resolve, reject } = Promise.withResolvers<Job>();
  // Whoever goes while the job is still looked up rejects what nobody awaits yet; that must not end the process.
  promise.catch(() => undefined);
  ledger.subscribe((job) => {
    if (job.id === id && hasEnded(job)) resolve(job);
  }, over.signal);
  const stop = (): void => reject(new TouchstoneError('cancelled', 'nobody waits any more'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    const job = await ledger.get(id);
    return !job || hasEnded(job) ? job : await promise;
  } finally {
    over.abort();
    signal.removeEventListener('abort', stop);
  }
}
