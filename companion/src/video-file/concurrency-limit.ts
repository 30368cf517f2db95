import { TouchstoneError, throwIfCancelled } from '@touchstone/shared';

/**
 * The plain limiter: whatever needs more than this (lanes with refusal and fairness, places of the gateway, the share of
 * the time of a detector) is flow control of its own and stands where it is needed. p-queue
 * would give a cancelled work's place away while the work still runs, and its memory is what the places are for.
 */
export interface ConcurrencyLimit {
  /** Runs `work` when fewer than the allowed number run; first come, first served. @throws TouchstoneError `cancelled` */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** @param atOnce works that run at the same time */
export function createConcurrencyLimit(atOnce: number): ConcurrencyLimit {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    async run(work, signal) {
      throwIfCancelled(signal);
      if (running >= atOnce) {
        await new Promise<void>((resolve, reject) => {
          const leave = (): void => {
            waiting.splice(waiting.indexOf(start), 1);
            reject(new TouchstoneError('cancelled'));
          };
          const start = (): void => {
            signal?.removeEventListener('abort', leave);
            resolve();
          };
          waiting.push(start);
          signal?.addEventListener('abort', leave, { once: true });
        });
      } else running++;
      try {
        return await work();
      } finally {
        // The place goes to the next one without becoming free in between.
        const next = waiting.shift();
        if (next) next();
        else running--;
      }
    },
  };
}
