import { setTimeout as wait } from 'node:timers/promises';
import { isDiskFull, TouchstoneError } from '@touchstone/shared';

/** Classes of SQLSTATE after which the same statement can succeed: connection, resources, operator's intervention. */
const PASSING_CLASSES = ['08', '53', '57'];

/** A serialization failure and a deadlock: nothing was done, and the next try has another order. */
const TRY_AGAIN = ['40001', '40P01'];

/** What a socket says when the server went away. */
const BROKEN = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'EHOSTUNREACH'];

const BROKEN_TEXT = /connection (terminated|closed|timeout)|terminating connection|timeout exceeded|not queryable/i;

/** Of a statement that a connection kept, when its table was changed meanwhile: the connection is given up, and another one asks. */
const CHANGED_BEHIND = 'cached plan must not change result type';

/** Whether a statement that a connection keeps must be read anew. */
export const isChangedBehind = (error: unknown): boolean =>
  error instanceof Error && error.message.includes(CHANGED_BEHIND);

/** Pauses between tries, and how long they go on: a database that restarts is back within it. Milliseconds. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
const GIVE_UP_MS = 60_000;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Whether the same can succeed in a moment. Of a commit that broke nobody knows whether it happened. */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  if (PASSING_CLASSES.some((one) => code.length === 5 && code.startsWith(one)) || TRY_AGAIN.includes(code)) return true;
  return BROKEN.includes(code) || isChangedBehind(error) || (error instanceof Error && BROKEN_TEXT.test(error.message));
}

/** What went wrong in a code that a person and `run-jobs.ts` know. */
export function databaseError(error: unknown): TouchstoneError {
  if (error instanceof TouchstoneError) return error;
  const full = codeOf(error) === '53100' || isDiskFull(error);
  return new TouchstoneError(full ? 'disk-full' : 'log-failed', String(error), { cause: error });
}

/**
 * Tries until the database is back. `work` must be harmless when it is done twice.
 * @param forMs how long it is tried, in milliseconds; a minute where nobody says otherwise
 * @throws TouchstoneError `log-failed`, `disk-full`, or what `work` threw by itself
 */
export async function persistently<Result>(
  work: (attempt: number) => Promise<Result>,
  forMs: number = GIVE_UP_MS,
): Promise<Result> {
  const until = performance.now() + forMs;
  for (let attempt = 1, pause = FIRST_PAUSE_MS; ; attempt += 1, pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    try {
      return await work(attempt);
    } catch (error) {
      if (!isPassing(error) || performance.now() > until) throw databaseError(error);
      await wait(pause, undefined, { ref: false });
    }
  }
}

/** Runs `work` once, with its errors in the project's codes. */
export async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw databaseError(error);
  }
}
