import type { Logger } from 'pino';
import type { ResultLog } from '../log/result-log.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

/** How often old records are looked for. */
const INTERVAL_MS = 60 * 60_000;

const DAY_MS = 24 * 60 * 60_000;

/** Deletes what is older than the person wants to keep: now, every hour, and when the choice changes. */
export function keepRetention(log: ResultLog, settings: SettingsStore, logger: Logger, signal: AbortSignal): void {
  let days: number | null | undefined;

  function prune(): void {
    days = settings.current().retentionDays;
    if (days === null) return;
    try {
      const deleted = log.prune(Date.now() - days * DAY_MS);
      if (deleted > 0) logger.info({ deleted, days }, 'old records deleted');
    } catch (error) {
      logger.error({ err: error }, 'old records could not be deleted');
    }
  }

  prune();
  const timer = setInterval(prune, INTERVAL_MS);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  settings.subscribe((changed) => {
    if (changed.retentionDays !== days) prune();
  }, signal);
}
