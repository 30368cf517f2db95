import { setTimeout as pause } from 'node:timers/promises';
import { TouchstoneError } from '@touchstone/shared';

/** How long a busy companion is asked again. */
export interface Patience {
  readonly attempts: number;
  /** Milliseconds between two attempts, which grow from half a second up to this. */
  readonly longestMs: number;
}

const FIRST_WAIT_MS = 500;

export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

const realWait: Wait = async (milliseconds, signal) => {
  try {
    await pause(milliseconds, undefined, { signal });
  } catch (cause) {
    throw new TouchstoneError('cancelled', undefined, { cause });
  }
};

/** Does the work once the companion is not `busy`. @throws TouchstoneError of the last attempt, or `cancelled` */
export async function untilFree<T>(
  work: () => Promise<T>,
  { attempts, longestMs }: Patience,
  signal: AbortSignal,
  wait = realWait,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const busy = error instanceof TouchstoneError && error.code === 'busy';
      if (!busy || attempt + 1 >= attempts) throw error;
      await wait(Math.min(longestMs, FIRST_WAIT_MS * 2 ** attempt), signal);
    }
  }
}
