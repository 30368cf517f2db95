import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { ContentStore } from '../../store/content-store.ts';
import { type Contents, createContents } from '../../store/contents.ts';
import { persistently, told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';

/** A hold of a process that died holds no longer than this. Hours. */
const HOLD_HOURS = 24;

/** Space of the advisory locks that stand for contents. */
const CONTENT_LOCKS = 2;

/** Those of some contents that no record, no unfinished job and no other process that is about to write one needs. */
const unneeded = (hashes: readonly string[]) => sql<{
  hash: string;
}>`SELECT hash FROM unnest(${hashes}::text[]) AS given (hash)
  WHERE NOT EXISTS (SELECT 1 FROM records WHERE content = hash)
    AND NOT EXISTS (SELECT 1 FROM jobs WHERE content = hash AND state IN ('pending', 'processing'))
    AND NOT EXISTS (SELECT 1 FROM content_holds WHERE content = hash AND at > now() - ${HOLD_HOURS} * interval '1 hour')`;

/** @param hashes in the order in which everybody takes several */
const lock = (hashes: readonly string[]) =>
  sql`SELECT pg_advisory_xact_lock(hashtextextended(hash, ${CONTENT_LOCKS})) FROM unnest(${hashes}::text[]) AS given (hash)`;

/**
 * A content store that the processes of a team share. What one is about to point to, another does not remove: holds are rows, and who
 * removes takes turns with who holds.
 */
export function createTeamContents(database: Kysely<TeamTables>, store: ContentStore): Contents {
  let leaving = new Set<string>();
  let removal: Promise<ReadonlySet<string>> | undefined;

  /** Removes those that nobody needs, while nobody can begin to: what is let go of in one turn, in one transaction. */
  async function removeTogether(): Promise<ReadonlySet<string>> {
    await nextTurn();
    const hashes = [...leaving].toSorted();
    leaving = new Set();
    removal = undefined;
    return told(() =>
      database.transaction().execute(async (trx) => {
        await lock(hashes).execute(trx);
        const removed = new Set<string>();
        for (const { hash } of (await unneeded(hashes).execute(trx)).rows) {
          if (await store.remove(hash)) removed.add(hash);
        }
        return removed;
      }),
    );
  }

  async function remove(sha256: string): Promise<boolean> {
    leaving.add(sha256);
    removal ??= removeTogether();
    return (await removal).has(sha256);
  }

  async function addHold(sha256: string): Promise<number> {
    return database.transaction().execute(async (trx) => {
      await lock([sha256]).execute(trx);
      const made = await sql<{
        number: number;
      }>`INSERT INTO content_holds (content) VALUES (${sha256}) RETURNING number`.execute(trx);
      return made.rows[0]?.number ?? 0;
    });
  }

  const dropHold = (number: number): Promise<unknown> =>
    persistently(() => sql`DELETE FROM content_holds WHERE number = ${number}`.execute(database));

  /** Rows of the holds of this process by content; which is whose does not matter. */
  const rows = new Map<string, number[]>();

  const put: ContentStore['put'] = async (content, options = {}) => {
    let row: number | undefined;
    try {
      const stored = await store.put(content, {
        ...options,
        async beforeVisible(sha256) {
          await options.beforeVisible?.(sha256);
          row = await told(() => addHold(sha256));
        },
      });
      if (row !== undefined) rows.set(stored.sha256, [...(rows.get(stored.sha256) ?? []), row]);
      return stored;
    } catch (error) {
      if (row !== undefined) await dropHold(row);
      throw error;
    }
  };

  async function dropOne(sha256: string): Promise<void> {
    const [row, ...others] = rows.get(sha256) ?? [];
    if (others.length > 0) rows.set(sha256, others);
    else rows.delete(sha256);
    if (row !== undefined) await dropHold(row);
  }

  // Whether it is needed is asked once, where nobody can begin to need it.
  const contents = createContents({ ...store, put, remove }, () => false);
  return {
    ...contents,
    async hold(content, options) {
      const held = await contents.hold(content, options);
      let holds = true;
      return {
        ...held,
        async release() {
          if (!holds) return;
          holds = false;
          await dropOne(held.sha256);
          await held.release();
        },
      };
    },
    async sweep() {
      const old = sql`DELETE FROM content_holds WHERE at < now() - ${HOLD_HOURS} * interval '1 hour'`;
      await told(() => old.execute(database));
      await contents.sweep();
    },
  };
}
