import { TouchstoneError, throwIfCancelled } from '@touchstone/shared';

export interface SharedWork<Stage, Result> {
  /**
   * Joins the work under this key, starting it if nobody has. It is aborted when everybody who joined has left.
   * @throws TouchstoneError `cancelled` when the signal aborts; else what the work throws
   */
  join(
    key: string,
    signal: AbortSignal,
    onStage: (stage: Stage) => void,
    start: (signal: AbortSignal, onStage: (stage: Stage) => void) => Promise<Result>,
  ): Promise<Result>;
}

interface Running<Stage, Result> {
  readonly stop: AbortController;
  readonly listeners: Set<(stage: Stage) => void>;
  readonly result: Promise<Result>;
  last?: { readonly stage: Stage };
}

/** Work that several frames and tabs ask for at the same time is done once and answered to all. */
export function createSharedWork<Stage, Result>(): SharedWork<Stage, Result> {
  const running = new Map<string, Running<Stage, Result>>();
  return {
    async join(key, signal, onStage, start) {
      throwIfCancelled(signal);
      let work = running.get(key);
      if (!work) {
        const stop = new AbortController();
        const listeners = new Set<(stage: Stage) => void>();
        const tell = (stage: Stage) => {
          const current = running.get(key);
          if (current?.stop === stop) current.last = { stage };
          for (const listener of listeners) listener(stage);
        };
        // Started in the next turn, so that the first listener is there when the first stage comes.
        const result = Promise.resolve().then(() => start(stop.signal, tell));
        work = { stop, listeners, result };
        running.set(key, work);
        const forget = () => {
          if (running.get(key)?.stop === stop) running.delete(key);
        };
        result.then(forget, forget);
      }
      const joined = work;
      joined.listeners.add(onStage);
      if (joined.last) onStage(joined.last.stage);
      return new Promise((resolve, reject) => {
        const leave = () => {
          joined.listeners.delete(onStage);
          if (joined.listeners.size === 0) {
            if (running.get(key) === joined) running.delete(key);
            joined.stop.abort();
          }
          reject(new TouchstoneError('cancelled'));
        };
        signal.addEventListener('abort', leave, { once: true });
        const settled = () => signal.removeEventListener('abort', leave);
        joined.result.then(resolve, reject).finally(settled);
      });
    },
  };
}
