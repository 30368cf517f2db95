import type { OpenHistoryWithContent } from '../log/create-result-log.ts';
import type { History } from '../store/record-store.ts';
import { keepChecked } from './keep-checked.ts';
import { keepDeletions } from './keep-deletions.ts';
import { keepContents } from './keep-jobs.ts';
import { keepRetention, type RetentionRooms } from './retention.ts';

interface Rooms extends Omit<RetentionRooms, 'home' | 'log'> {
  readonly log: History;
  readonly history: OpenHistoryWithContent;
}

/** What the history needs while a companion runs: its pages looked at, its contents in order, and everything deleted that is to go. */
export async function keepHistory(home: string, rooms: Rooms, signal: AbortSignal): Promise<void> {
  const { log, history, logger } = rooms;
  void keepChecked(log, logger, signal);
  void keepContents(history, logger, signal);
  await keepDeletions({ log, logger }, signal);
  await keepRetention({ home, ...rooms }, signal);
}
