import { LANES, type Lane, TouchstoneError, throwIfCancelled } from '@touchstone/shared';

/** Pictures fetched or judged at a time, over all tabs; a person's own never wait behind automatic ones. */
const SLOTS = 12;
/** Automatic checks that wait for a slot; a page that asks for more is refused until some are answered. */
const WAITING_LIMIT = 600;

/**
 * Lets a bounded number of checks run at a time; the rest wait where cancelling them costs nothing. No plain limiter: a
 * person's check goes past the bound, and a page that asks for too many is refused.
 */
export interface FetchSlots {
  /** @throws TouchstoneError `cancelled`, or `busy` when too many wait */
  run<Result>(lane: Lane, signal: AbortSignal, work: () => Promise<Result>): Promise<Result>;
}

export function createFetchSlots(slots: number = SLOTS, waitingLimit: number = WAITING_LIMIT): FetchSlots {
  const waiting: Record<Lane, (() => void)[]> = { live: [], asked: [], bulk: [] };
  let running = 0;

  const next = () => {
    for (const lane of LANES) {
      const start = waiting[lane].shift();
      if (start) {
        start();
        return;
      }
    }
  };
  const turn = (lane: Lane, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const queue = waiting[lane];
      if (queue.length >= waitingLimit) {
        reject(new TouchstoneError('busy', 'too many checks wait'));
        return;
      }
      const leave = () => {
        const index = queue.indexOf(start);
        if (index >= 0) queue.splice(index, 1);
        reject(new TouchstoneError('cancelled'));
      };
      const start = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      queue.push(start);
    });

  return {
    async run(lane, signal, work) {
      throwIfCancelled(signal);
      // What a person asked starts at once: there are few of those, and each is waited for.
      if (lane === 'bulk' && running >= slots) await turn(lane, signal);
      running += 1;
      try {
        return await work();
      } finally {
        running -= 1;
        if (running < slots) next();
      }
    },
  };
}
