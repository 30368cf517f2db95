import { type Kysely, sql } from 'kysely';
import type { RetentionRooms } from '../../daemon/retention.ts';
import { firstNumberOf } from '../../log/record-number.ts';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import type { OwnerScope } from '../records/owner-scope.ts';

/** Owners whose records are deleted one after the other. */
interface Owned {
  readonly owner: string;
  readonly ids: string[];
}

/**
 * Lets one process of a team after the other delete what is too old or too much: two at once would each make the same room.
 * @param work what is done in turn
 */
export async function inTurn(database: Kysely<TeamTables>, tenant: string, work: () => Promise<void>): Promise<void> {
  const place = sql`hashtextextended(${tenant}, 6)`;
  await database.connection().execute(async (connection) => {
    await sql`SELECT pg_advisory_lock(${place})`.execute(connection);
    try {
      await work();
    } finally {
      await sql`SELECT pg_advisory_unlock(${place})`.execute(connection);
    }
  });
}

/**
 * The records of everybody as one history, for the retention, which goes by time and room and not by person. What it deletes is deleted in its
 * owner's name, so that chain, events and contents follow as when they do it themselves.
 */
export function recordsOfAll(
  database: Kysely<TeamTables>,
  tenant: string,
  owners: Pick<OwnerScope, 'within' | 'history'>,
): RetentionRooms['log'] {
  let counted = 0;

  async function ask<Row>(query: ReturnType<typeof sql<Row>>): Promise<readonly Row[]> {
    return (await told(() => query.execute(database))).rows;
  }

  async function inTheirNames(
    all: readonly Owned[],
    work: (ids: readonly string[]) => Promise<number>,
  ): Promise<number> {
    let sum = 0;
    for (const { owner, ids } of all) sum += await owners.within(owner, () => work(ids));
    counted = Math.max(0, counted - sum);
    return sum;
  }

  return {
    async prune(olderThan) {
      const old = await ask(sql<Owned>`SELECT DISTINCT owner, '{}'::text[] AS ids FROM records
        WHERE tenant = ${tenant} AND deletion IS NULL AND number < ${firstNumberOf(olderThan)}`);
      return inTheirNames(old, () => owners.history.prune(olderThan));
    },
    async pruneOldest(count) {
      const oldest = await ask(sql<Owned>`SELECT owner, array_agg(id) AS ids FROM (
          SELECT owner, id FROM records WHERE tenant = ${tenant} AND deletion IS NULL ORDER BY number LIMIT ${count}
        ) AS oldest GROUP BY owner`);
      return inTheirNames(oldest, (ids) => owners.history.deleteIds(ids));
    },
    async bytes() {
      const [row] = await ask(sql<{ bytes: number; total: number }>`
        SELECT coalesce(sum(bytes), 0)::bigint AS bytes, count(*) FILTER (WHERE deletion IS NULL) AS total
        FROM records WHERE tenant = ${tenant}`);
      counted = row?.total ?? 0;
      return row?.bytes ?? 0;
    },
    count: () => counted,
    async newest() {
      const [row] = await ask(sql<{ id: string; owner: string }>`SELECT id, owner FROM records
        WHERE tenant = ${tenant} AND deletion IS NULL ORDER BY number DESC LIMIT 1`);
      return row && owners.within(row.owner, () => owners.history.get(row.id));
    },
    async heldBack() {
      const held = await ask(sql<{ id: string; due_at: number; count: number }>`SELECT id, due_at,
          (SELECT count(*) FROM records WHERE records.deletion = deletions.number) AS count FROM deletions
        WHERE tenant = ${tenant} ORDER BY number`);
      return held.map(({ id, due_at: dueAt, count }) => ({ id, dueAt, count }));
    },
    async carryOut(id) {
      const [held] = await ask(
        sql<{ owner: string }>`SELECT owner FROM deletions WHERE tenant = ${tenant} AND id = ${id}`,
      );
      return held ? owners.within(held.owner, () => owners.history.carryOut(id)) : 0;
    },
  };
}
