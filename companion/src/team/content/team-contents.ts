import { type Kysely, sql } from 'kysely';
import type { ContentStore, PutOptions } from '../../store/content-store.ts';
import { type Contents, createContents } from '../../store/contents.ts';
import { persistently, told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';

/** A hold of a process that died holds no longer than this. Hours. */
const HOLD_HOURS = 24;

/** Space of the advisory locks that stand for contents. */
const CONTENT_LOCKS = 2;

/** Whether a record, an unfinished job or another process that is about to write one needs a content. */
const needed = (sha256: string) => sql<{ needed: boolean }>`SELECT
  EXISTS (SELECT 1 FROM records WHERE content = ${sha256})
  OR EXISTS (SELECT 1 FROM jobs WHERE content = ${sha256} AND state IN ('pending', 'processing'))
  OR EXISTS (SELECT 1 FROM content_holds WHERE content = ${sha256} AND at > now() - ${HOLD_HOURS} * interval '1 hour') AS needed`;

const lock = (sha256: string) => sql`SELECT pg_advisory_xact_lock(hashtextextended(${sha256}, ${CONTENT_LOCKS}))`;

/**
 * A content store that the processes of a team share. What one is about to point to, another does not remove: holds are rows, and who
 * removes takes turns with who holds.
 */
export function createTeamContents(database: Kysely<TeamTables>, store: ContentStore): Contents {
  /** Removes a content that nobody needs, while nobody can begin to. */
  const remove = (sha256: string): Promise<boolean> =>
    told(() =>
      database.transaction().execute(async (trx) => {
        await lock(sha256).execute(trx);
        if ((await needed(sha256).execute(trx)).rows[0]?.needed ?? true) return false;
        return store.remove(sha256);
      }),
    );

  async function addHold(sha256: string): Promise<number> {
    return database.transaction().execute(async (trx) => {
      await lock(sha256).execute(trx);
      const made = await sql<{
        number: number;
      }>`INSERT INTO content_holds (content) VALUES (${sha256}) RETURNING number`.execute(trx);
      return made.rows[0]?.number ?? 0;
    });
  }

  const dropHold = (number: number): Promise<unknown> =>
    persistently(() => sql`DELETE FROM content_holds WHERE number = ${number}`.execute(database));

  // Whether it is needed is asked once, where nobody can begin to need it.
  const contents = createContents({ ...store, remove }, () => false);
  return {
    ...contents,
    async hold(content, options: PutOptions = {}) {
      let hold: number | undefined;
      try {
        const held = await contents.hold(content, {
          ...options,
          async beforeVisible(sha256) {
            await options.beforeVisible?.(sha256);
            hold = await told(() => addHold(sha256));
          },
        });
        const number = hold;
        return {
          ...held,
          async release() {
            if (number !== undefined) await dropHold(number);
            await held.release();
          },
        };
      } catch (error) {
        if (hold !== undefined) await dropHold(hold);
        throw error;
      }
    },
    async sweep() {
      const old = sql`DELETE FROM content_holds WHERE at < now() - ${HOLD_HOURS} * interval '1 hour'`;
      await told(() => old.execute(database));
      await contents.sweep();
    },
  };
}
