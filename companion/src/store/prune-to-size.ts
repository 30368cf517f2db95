import type { History } from './record-store.ts';

/** Records deleted in one step: bounds the pause of each to about half a second. */
const STEP_RECORDS = 1_000;

/** Part of the records that look like too many which is deleted before the size is looked at again: what is deleted does not come back. */
const CAREFUL_SHARE = 0.5;

/**
 * Deletes the oldest records until what is kept takes no more than `limit` bytes.
 * @returns how many were deleted
 */
export async function pruneToSize(
  log: Pick<History, 'bytes' | 'count' | 'pruneOldest' | 'heldBack' | 'carryOut'>,
  limit: number,
  signal?: AbortSignal,
): Promise<number> {
  let deleted = 0;
  // What a person has deleted makes room first, so that nothing goes in its place.
  if ((await log.bytes()) > limit) for (const { id } of await log.heldBack()) await log.carryOut(id);
  while (log.count() > 0 && !signal?.aborted) {
    const bytes = await log.bytes();
    if (bytes <= limit) break;
    const share = ((bytes - limit) / bytes) * log.count() * CAREFUL_SHARE;
    const gone = await log.pruneOldest(Math.min(STEP_RECORDS, Math.max(1, Math.floor(share))));
    if (gone === 0) break;
    deleted += gone;
  }
  return deleted;
}
