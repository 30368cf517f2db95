import { setTimeout as wait } from 'node:timers/promises';

/** First pause before a new worker after two that were lost without having answered anything; doubles up to the longest. */
const FIRST_PAUSE_MS = 100;

export interface RestartPause {
  /** A worker was lost. */
  lost(): void;
  /** One has answered. */
  answered(): void;
  /** Before another one is started. The first replacement comes at once: most losses are single ones. */
  wait(signal: AbortSignal): Promise<void>;
}

/** Growing pauses between workers that keep dying. @param longestMs milliseconds */
export function createRestartPause(longestMs: number): RestartPause {
  let fruitless = 0;
  return {
    lost: () => {
      fruitless++;
    },
    answered: () => {
      fruitless = 0;
    },
    async wait(signal) {
      if (fruitless < 2) return;
      const pause = Math.min(longestMs, FIRST_PAUSE_MS * 2 ** (fruitless - 2));
      await wait(pause, undefined, { signal }).catch(() => undefined);
    },
  };
}
