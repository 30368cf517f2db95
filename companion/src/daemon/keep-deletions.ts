import { UNDO_DELETION_MS } from '@touchstone/shared';
import type { Logger } from 'pino';
import type { History } from '../store/record-store.ts';

/** How long a deletion that failed (a full disk, a locked file) waits for the next try. Milliseconds. */
const RETRY_MS = 60_000;

export interface DeletionRooms {
  readonly log: Pick<History, 'heldBack' | 'carryOut' | 'subscribe'>;
  readonly logger: Logger;
  /** Milliseconds since 1970; tests bring their own. */
  readonly now?: () => number;
}

/**
 * Carries out deletions that can no longer be taken back: those of this run when their time is over, and those that a companion before this one left. A
 * clock that was set back holds nothing up: nothing waits longer than a deletion may.
 */
export async function keepDeletions(
  { log, logger, now = Date.now }: DeletionRooms,
  signal: AbortSignal,
): Promise<void> {
  const timers = new Map<string, NodeJS.Timeout>();

  function carryOutIn(id: string, wait: number): void {
    clearTimeout(timers.get(id));
    if (!signal.aborted) timers.set(id, setTimeout(() => void carryOut(id), wait).unref());
  }

  async function carryOut(id: string): Promise<void> {
    timers.delete(id);
    try {
      const deleted = await log.carryOut(id);
      if (deleted > 0) logger.info({ deleted }, 'a deletion was carried out');
    } catch (error) {
      logger.error({ err: error }, 'a deletion could not be carried out');
      carryOutIn(id, RETRY_MS);
    }
  }

  signal.addEventListener('abort', () => timers.forEach(clearTimeout), { once: true });
  log.subscribe((event) => {
    if (event.type === 'deleted' && event.held) carryOutIn(event.held.id, UNDO_DELETION_MS);
  }, signal);
  for (const { id, dueAt } of await log.heldBack()) {
    carryOutIn(id, Math.min(UNDO_DELETION_MS, Math.max(0, dueAt - now())));
  }
}
