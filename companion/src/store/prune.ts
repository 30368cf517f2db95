import { pruneToSize } from './prune-to-size.ts';
import type { History } from './record-store.ts';

export interface PruneLimits {
  /** Milliseconds since 1970. */
  readonly olderThan?: number | undefined;
  readonly keepBytes?: number | undefined;
}

/** Deletes what is older than a time, then the oldest until the rest takes no more than so many bytes. @returns how many */
export async function prune(
  log: Pick<History, 'bytes' | 'count' | 'prune' | 'pruneOldest' | 'heldBack' | 'carryOut'>,
  { olderThan, keepBytes }: PruneLimits,
  signal?: AbortSignal,
): Promise<number> {
  const old = olderThan === undefined ? 0 : await log.prune(olderThan);
  return old + (keepBytes === undefined ? 0 : await pruneToSize(log, keepBytes, signal));
}
