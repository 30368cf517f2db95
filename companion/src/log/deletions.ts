import type { DatabaseSync } from 'node:sqlite';
import type { HistoryFilter } from '@touchstone/shared';
import { filterClause, isEverything } from './filter-clause.ts';

/** Pages given back to the file system after one deletion (4 kB each): bounds the pause of a large one to about 0.1 s. */
const VACUUM_PAGES = 16_384;

/**
 * Records whose words are taken out of the full-text index one by one (about 5 ms each, and no trace stays). Above it the words are
 * marked (0.07 ms each) and the index is written anew without them (0.6 s at 100,000 records).
 */
const WORD_BY_WORD_LIMIT = 50;

/** A key that was sent with a request is forgotten with the last job of that request. */
export const FORGET_REQUESTS =
  'DELETE FROM job_requests WHERE number NOT IN (SELECT request FROM jobs WHERE request IS NOT NULL)';

/** Runs `work` in one transaction. */
export function transaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has already rolled back by itself where the disk was full or failed.
    if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

export interface Deleted {
  /** How many records went that somebody could see. */
  readonly gone: number;
  /** How many went that were held back. */
  readonly unseen: number;
  /** Hashes of the contents that they kept. */
  readonly contents: readonly string[];
}

const hashesOf = (rows: readonly Record<string, unknown>[]): string[] => rows.map(({ content }) => String(content));

/** Deletions of the log. A person who deletes everything deletes the cases, too: their names tell what was looked at. */
export function createDeletions(database: DatabaseSync) {
  function deleteAll(): Deleted {
    const contents = hashesOf(database.prepare('SELECT DISTINCT content FROM contents').all());
    const counted = database.prepare(
      'SELECT (SELECT count(*) FROM records) AS records, (SELECT count(*) FROM held) AS unseen',
    );
    const { records, unseen } = counted.get() ?? {};
    const triggers = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name IN (?, ?)");
    const rowByRow = triggers.all('words_removed', 'embeddings_unneeded');
    // Whole tables at once, without the triggers and checks that make SQLite go row by row; VACUUM leaves a new file.
    database.exec('PRAGMA foreign_keys = OFF; PRAGMA secure_delete = OFF;');
    try {
      transaction(database, () =>
        database.exec(`${rowByRow.map(({ name }) => `DROP TRIGGER ${name};`).join(' ')}
          INSERT INTO words (words) VALUES ('delete-all');
          UPDATE chain SET number = NULL WHERE link > 0;
          DELETE FROM jobs WHERE ended_at IS NOT NULL; ${FORGET_REQUESTS};
          DELETE FROM held; DELETE FROM deletions; DELETE FROM contents; DELETE FROM media; DELETE FROM peaks; DELETE FROM bodies;
          DELETE FROM case_records; DELETE FROM cases; DELETE FROM record_tags; DELETE FROM record_notes;
          DELETE FROM embeddings; DELETE FROM records; ${rowByRow.map(({ sql }) => `${sql};`).join(' ')}`),
      );
      database.exec('VACUUM');
    } finally {
      database.exec('PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA wal_checkpoint(TRUNCATE);');
    }
    return { gone: Number(records) - Number(unseen), unseen: Number(unseen), contents };
  }

  /** Turns the links of these records into tombstones, then removes the records and what led to them. */
  function remove(matching: string, values: readonly (string | number)[]): Deleted {
    const kept = `SELECT DISTINCT content FROM contents WHERE number IN (SELECT number FROM records WHERE ${matching})`;
    const contents = hashesOf(database.prepare(kept).all(...values));
    const jobs = database
      .prepare(`DELETE FROM jobs WHERE record IN (SELECT id FROM records WHERE ${matching})`)
      .run(...values);
    if (Number(jobs.changes) > 0) database.exec(FORGET_REQUESTS);
    database
      .prepare(`UPDATE chain SET number = NULL WHERE link IN (SELECT link FROM records WHERE ${matching})`)
      .run(...values);
    const { changes } = database.prepare(`DELETE FROM records WHERE ${matching}`).run(...values);
    return { gone: Number(changes), unseen: 0, contents };
  }

  /**
   * Runs a deletion and leaves nothing of it readable: not in the words, in free pages or in the write-ahead log.
   * @param expected how many records will go
   */
  function erasing(expected: number, work: () => Deleted): Deleted {
    const wordByWord = expected <= WORD_BY_WORD_LIMIT;
    const deleted = transaction(database, () => {
      database.exec(`INSERT INTO words (words, rank) VALUES ('secure-delete', ${wordByWord ? 1 : 0})`);
      const done = work();
      if (done.gone + done.unseen > 0 && !wordByWord) database.exec("INSERT INTO words (words) VALUES ('optimize')");
      return done;
    });
    if (deleted.gone + deleted.unseen > 0)
      database.exec(`PRAGMA incremental_vacuum(${VACUUM_PAGES}); PRAGMA wal_checkpoint(TRUNCATE);`);
    return deleted;
  }

  return {
    filter(filter: HistoryFilter): Deleted {
      if (isEverything(filter)) return deleteAll();
      const { from, where, values, number } = filterClause(filter);
      const matching = `SELECT ${number} FROM ${from} WHERE ${where}`;
      const counted = database.prepare(`SELECT count(*) AS total FROM (${matching})`).get(...values);
      return erasing(Number(counted?.total ?? 0), () => remove(`number IN (${matching})`, values));
    },
    oldest(count: number): Deleted {
      return erasing(count, () => remove('number IN (SELECT number FROM shown ORDER BY number LIMIT ?)', [count]));
    },
    ids(ids: readonly string[]): Deleted {
      return erasing(ids.length, () => {
        const each = ids.map((id) => remove('id = ? AND number NOT IN (SELECT number FROM held)', [id]));
        return {
          gone: each.reduce((sum, { gone }) => sum + gone, 0),
          unseen: 0,
          contents: each.flatMap(({ contents }) => contents),
        };
      });
    },
    /** Carries out a deletion that was held back. */
    held(id: string): Deleted {
      const number = database.prepare('SELECT number FROM deletions WHERE id = ?').get(id)?.number;
      if (typeof number !== 'number') return { gone: 0, unseen: 0, contents: [] };
      const counted = database.prepare('SELECT count(*) AS total FROM held WHERE deletion = ?').get(number);
      return erasing(Number(counted?.total ?? 0), () => {
        const { gone, contents } = remove('number IN (SELECT number FROM held WHERE deletion = ?)', [number]);
        database.prepare('DELETE FROM deletions WHERE number = ?').run(number);
        return { gone: 0, unseen: gone, contents };
      });
    },
  };
}
