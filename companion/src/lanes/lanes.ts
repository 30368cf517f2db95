import { AsyncLocalStorage } from 'node:async_hooks';
import { LANE_CAPACITY, type Lane, TouchstoneError, throwIfCancelled } from '@touchstone/shared';
import { waitingLanes } from './bulk-turn.ts';
import { crowded, takeFair, takeNewestFair } from './take-fair.ts';

export interface LaneTicket {
  readonly lane: Lane;
  /** Whose capture it is: clients of one lane take turns. */
  readonly client: string;
  readonly signal?: AbortSignal | undefined;
}

export interface Lanes {
  /**
   * Runs `task` when its turn comes: live before asked before bulk, but bulk before asked once in BULK_TURN; in turns among clients, and
   * in live the newest of each first.
   * @throws TouchstoneError `busy` beyond LANE_CAPACITY: whoever has most waiting gives way (their oldest in live, else their newest); `cancelled`
   */
  run<T>(ticket: LaneTicket, task: () => Promise<T>): Promise<T>;
  /** Captures waiting, by lane. */
  queued(): Record<Lane, number>;
  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void>;
}

export interface Waiting {
  readonly client: string;
  readonly start: () => void;
  readonly refuse: (error: TouchstoneError) => void;
}

/** @param concurrency captures in work at a time, at least 1 */
export function createLanes(concurrency: number): Lanes {
  const waiting: Record<Lane, Waiting[]> = { live: [], asked: [], bulk: [] };
  const served: Record<Lane, Set<string>> = { live: new Set(), asked: new Set(), bulk: new Set() };
  const idlers: (() => void)[] = [];
  let running = 0;
  let turns = 0;

  function next(): Waiting | undefined {
    const newest = takeNewestFair(waiting.live, served.live);
    if (newest || waiting.asked.length + waiting.bulk.length === 0) return newest;
    turns += 1;
    for (const lane of waitingLanes(turns)) {
      const entry = takeFair(waiting[lane], served[lane]);
      if (entry) return entry;
    }
    return undefined;
  }

  function dispatch(): void {
    for (
      let entry = running < concurrency ? next() : undefined;
      entry;
      entry = running < concurrency ? next() : undefined
    ) {
      running++;
      entry.start();
    }
    if (running === 0) for (const wake of idlers.splice(0)) wake();
  }

  function enqueue(lane: Lane, entry: Waiting): void {
    const queue = waiting[lane];
    queue.push(entry);
    if (queue.length > LANE_CAPACITY[lane]) {
      // Of those who have most waiting: an old video frame is worth less than a new one; elsewhere first come, first served.
      const crowd = crowded(queue);
      const refused = (lane === 'live' ? crowd.at(0) : crowd.at(-1)) ?? entry;
      queue.splice(queue.indexOf(refused), 1);
      refused.refuse(new TouchstoneError('busy'));
      if (refused === entry) return;
    }
    dispatch();
  }

  return {
    async run({ lane, client, signal }, task) {
      throwIfCancelled(signal);
      // Whoever makes room begins it, and works in somebody else's name.
      const inOwnName = AsyncLocalStorage.bind(task);
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          const queue = waiting[lane];
          const index = queue.indexOf(entry);
          if (index >= 0) queue.splice(index, 1);
          reject(new TouchstoneError('cancelled'));
        };
        const settle = (): void => signal?.removeEventListener('abort', leave);
        const entry: Waiting = {
          client,
          start: () => {
            settle();
            inOwnName()
              .then(resolve, reject)
              .finally(() => {
                running--;
                dispatch();
              });
          },
          refuse: (error) => {
            settle();
            reject(error);
          },
        };
        signal?.addEventListener('abort', leave, { once: true });
        enqueue(lane, entry);
      });
    },
    queued: () => ({ live: waiting.live.length, asked: waiting.asked.length, bulk: waiting.bulk.length }),
    idle: () => (running === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
  };
}
