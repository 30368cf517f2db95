import type { Logger } from 'pino';
import type { JobLedger } from '../jobs/job-ledger.ts';
import type { OpenHistoryWithContent } from '../log/create-result-log.ts';
import { moveOriginals } from '../log/move-originals.ts';

/** How long a check that has ended can still be asked for; its record stays as long as the person wants. Milliseconds. */
const REMEMBERED_MS = 7 * 24 * 60 * 60_000;

/** How often old ones are looked for, in milliseconds. */
const INTERVAL_MS = 60 * 60_000;

/** Forgets checks that ended long ago: now, and every hour until `signal` aborts. */
export async function keepJobs(ledger: JobLedger, logger: Logger, signal: AbortSignal): Promise<void> {
  const look = (): Promise<void> =>
    ledger.forgetEnded(Date.now() - REMEMBERED_MS).then(
      () => undefined,
      (error: unknown) => logger.warn({ err: error }, 'old checks could not be forgotten'),
    );
  const timer = setInterval(() => void look(), INTERVAL_MS);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  await look();
}

/** Brings the content store in order: nothing stays that nobody needs, and originals of older histories move into it. */
export async function keepContents(
  { store, contents }: OpenHistoryWithContent,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  try {
    await contents.sweep();
    const moved = await moveOriginals(store, (bytes) => contents.hold(bytes), signal);
    if (moved > 0) logger.info({ moved }, 'originals moved out of the history');
  } catch (error) {
    logger.warn({ err: error }, 'the kept originals could not be brought in order');
  }
}
