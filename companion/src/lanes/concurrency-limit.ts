import { TouchstoneError, throwIfCancelled } from '@touchstone/shared';

export interface LimitedWork {
  readonly signal?: AbortSignal | undefined;
  /** What the work takes of the room; more than all of it counts as all. Default 1. */
  readonly share?: number;
}

/**
 * The plain limiter: whatever needs more than this (lanes with refusal and fairness, places of the gateway, the share of
 * the time of a detector) is flow control of its own and stands where it is needed. p-queue
 * would give a cancelled work's place away while the work still runs, and its memory is what the places are for.
 */
export interface ConcurrencyLimit {
  /**
   * Runs `work` as soon as there is room for it beside what runs; first come, first served.
   * @throws TouchstoneError `cancelled` while it waits
   */
  run<T>(work: () => Promise<T>, options?: LimitedWork): Promise<T>;
}

interface Waiting {
  readonly share: number;
  start(): void;
}

/** @param room of all works that run at the same time together: their number, or the sum of their shares */
export function createConcurrencyLimit(room: number): ConcurrencyLimit {
  const waiting: Waiting[] = [];
  let taken = 0;

  function dispatch(): void {
    for (let first = waiting[0]; first && taken + first.share <= room; first = waiting[0]) {
      waiting.shift();
      taken += first.share;
      first.start();
    }
  }

  function enter(share: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting.splice(waiting.indexOf(entry), 1);
        reject(new TouchstoneError('cancelled'));
        dispatch();
      };
      const entry: Waiting = {
        share,
        start: () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      waiting.push(entry);
      dispatch();
    });
  }

  return {
    async run(work, { signal, share: wanted = 1 } = {}) {
      throwIfCancelled(signal);
      const share = Math.min(wanted, room);
      await enter(share, signal);
      try {
        return await work();
      } finally {
        taken -= share;
        dispatch();
      }
    },
  };
}
