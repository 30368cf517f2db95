import type { DatabaseSync } from 'node:sqlite';
import { createHashIndex, type HashIndex, type NearNumber } from './hash-index.ts';

/** Deleted records the index may still name before it is read anew. */
const STALE_LIMIT = 1_000;

/** Keeps the hash index in step with the table; it is read from the table at the first search and after many deletions. */
export function createNearDuplicates(database: DatabaseSync) {
  let index: HashIndex | undefined;
  let stale = 0;

  function loaded(): HashIndex {
    if (index) return index;
    const fresh = createHashIndex();
    const rows = database.prepare('SELECT number, perceptual_hash AS hash, sha256 FROM records').iterate();
    for (const row of rows) fresh.add(Number(row.number), String(row.hash), String(row.sha256));
    index = fresh;
    stale = 0;
    return fresh;
  }

  return {
    added(number: number, hash: string, sha256: string): void {
      index?.add(number, hash, sha256);
    },
    /** Deleted records stay in the index, where looking them up finds nothing, until there are many. */
    deleted(gone: number): void {
      stale += gone;
      if (stale > STALE_LIMIT) index = undefined;
    },
    /** Nearest first; some may be deleted by now. */
    near(hash: string, maxDistance: number, exceptSha256: string): NearNumber[] {
      return loaded().near(hash, maxDistance, exceptSha256);
    },
  };
}
