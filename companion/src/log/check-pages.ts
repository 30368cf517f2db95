import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import type { GuardedStore } from './guarded-store.ts';

/** What the thread answers: SQLite's findings, `ok` alone where there are none. */
const Findings = v.array(v.string());

/**
 * Reads every page of the database in a thread of its own (PRAGMA quick_check), so that nothing waits for it.
 * @returns SQLite's findings, none for a sound file
 * @throws TouchstoneError `cancelled`; the thread's error where the file cannot be checked now
 */
async function findingsOf(path: string, signal: AbortSignal): Promise<string[]> {
  const worker = new Worker(new URL('./check-pages-worker.ts', import.meta.url), {
    workerData: path,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  try {
    const [answer]: unknown[] = await once(worker, 'message', { signal });
    return v.parse(Findings, answer).filter((finding) => finding !== 'ok');
  } catch (cause) {
    throw signal.aborted ? new TouchstoneError('cancelled', undefined, { cause }) : cause;
  } finally {
    await worker.terminate();
  }
}

/** Looks for damaged pages and repairs the log where there are any. @returns whether it was sound */
export async function checkGuarded(guarded: GuardedStore, path: string, signal: AbortSignal): Promise<boolean> {
  const database = guarded.current();
  const findings = await findingsOf(path, signal);
  // Repaired or closed meanwhile: the findings speak of a file that is no longer in use.
  if (findings.length === 0 || guarded.current() !== database || !database.isOpen) return findings.length === 0;
  guarded.repair(findings.slice(0, 3).join('; '));
  return false;
}
