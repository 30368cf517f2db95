import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { History } from '../store/record-store.ts';

/** How often every page of the history is read, in milliseconds: damage of a disk is found within a day. */
const INTERVAL_MS = 24 * 60 * 60_000;

/**
 * Looks for damaged pages of the history now and once a day, in a thread of its own, until `signal` aborts. What is found is
 * repaired and said by the log itself.
 */
export async function keepChecked(log: History, logger: Logger, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const sound = await log.checkPages(signal);
      logger.info({ sound }, 'pages of the history checked');
    } catch (error) {
      if (signal.aborted) return;
      logger.warn({ err: error }, 'the pages of the history could not be checked');
    }
    await wait(INTERVAL_MS, undefined, { signal, ref: false }).catch(() => {});
  }
}
