import { setImmediate } from 'node:timers/promises';
import type { HeldContent } from '../store/contents.ts';
import { transaction } from './deletions.ts';
import type { GuardedStore } from './guarded-store.ts';

/**
 * Moves the originals that lie in the database of an older history out of it, one by one, giving way to everything else; what
 * is interrupted goes on at the next start.
 * @param keep writes bytes down and holds them
 * @returns how many moved
 */
export async function moveOriginals(
  guarded: GuardedStore,
  keep: (bytes: Uint8Array) => Promise<HeldContent>,
  signal: AbortSignal,
): Promise<number> {
  let moved = 0;
  for (let after = Number.MIN_SAFE_INTEGER; !signal.aborted; moved += 1) {
    const row = guarded.use(({ statements }) => statements.oldOriginal.get(after));
    if (typeof row?.number !== 'number' || !(row.bytes instanceof Uint8Array)) break;
    const { number } = row;
    after = number;
    const held = await keep(row.bytes);
    try {
      guarded.change(({ database, statements }) =>
        transaction(database, () => {
          // The record may have been deleted meanwhile.
          if (Number(statements.dropOriginal.run(number).changes) > 0) statements.keepContent.run(number, held.sha256);
        }),
      );
    } finally {
      await held.release();
    }
    await setImmediate();
  }
  return moved;
}
