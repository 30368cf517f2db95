import type { HistoryFilter } from '@touchstone/shared';
import { type Kysely, sql, type Transaction } from 'kysely';
import { isEverything } from '../../log/filter-clause.ts';
import type { HeldDeletion, ToDelete, WaitingDeletion } from '../../store/held-deletions.ts';
import type { TeamTables } from '../database/tables.ts';
import { isShared, membersOf } from './case-access.ts';
import { type Condition, matching, type Scope, shownTo } from './record-condition.ts';
import { witnessesOf } from './witnesses.ts';

export interface Deleted {
  /** How many records went that somebody could see. */
  readonly gone: number;
  /** How many went that were held back. */
  readonly unseen: number;
  /** Hashes of the contents that they kept. */
  readonly contents: readonly string[];
  /** Ids of people who had some of them before them, by a case. */
  readonly witnesses: readonly string[];
}

/** What became of records that are held back, or are there again. */
export interface Moved {
  readonly count: number;
  /** Ids of people who have some of them before them, by a case. */
  readonly witnesses: readonly string[];
}

const NOTHING: Deleted = { gone: 0, unseen: 0, contents: [], witnesses: [] };

/** The label of a content that was checked again while its records were held back holds for all of them. */
const shareLabels = ({ tenant, owner }: Scope, deletion: number) => sql`
  UPDATE records SET label = back.label FROM (
    SELECT DISTINCT ON (sha256) sha256, label FROM records WHERE deletion = ${deletion} AND label <> 'none' ORDER BY sha256, number DESC
  ) AS back WHERE records.tenant = ${tenant} AND records.owner = ${owner} AND records.sha256 = back.sha256 AND records.label = 'none'`;

/** Deletions of one owner's records: links become tombstones, and what only these records needed goes with them. */
export function createTeamDeletions(database: Kysely<TeamTables>, scope: Scope) {
  const { tenant, owner } = scope;

  const witnesses = async (trx: Transaction<TeamTables>, condition: Condition): Promise<string[]> => [
    ...(await witnessesOf(trx, scope, condition)).keys(),
  ];

  async function remove(trx: Transaction<TeamTables>, condition: Condition): Promise<Deleted> {
    // To whom they were hidden already, nothing changes.
    const told = await witnesses(trx, sql`${condition} AND deletion IS NULL`);
    const removed = await sql<{ id: string; number: number; content: string | null; sha256: string; held: boolean }>`
      DELETE FROM records WHERE tenant = ${tenant} AND owner = ${owner} AND ${condition}
      RETURNING id, number, content, sha256, deletion IS NOT NULL AS held`.execute(trx);
    const rows = removed.rows;
    if (rows.length === 0) return NOTHING;
    const numbers = rows.map(({ number }) => number);
    await sql`UPDATE chain SET number = NULL WHERE tenant = ${tenant} AND number = ANY(${numbers}::bigint[])`.execute(
      trx,
    );
    await forgetJobs(
      trx,
      rows.map(({ id }) => id),
    );
    const hashes = rows.map(({ sha256 }) => sha256);
    await sql`DELETE FROM embeddings WHERE tenant = ${tenant} AND content = ANY(${hashes}::text[])
      AND NOT EXISTS (SELECT 1 FROM records WHERE records.tenant = ${tenant} AND sha256 = embeddings.content)`.execute(
      trx,
    );
    const unseen = rows.filter(({ held }) => held).length;
    const contents = [...new Set(rows.flatMap(({ content }) => (content === null ? [] : [content])))];
    return { gone: rows.length - unseen, unseen, contents, witnesses: told };
  }

  /** What programs know of the checks that led to these records. */
  async function forgetJobs(trx: Transaction<TeamTables>, records: readonly string[]): Promise<void> {
    const gone = await sql<{
      id: string;
    }>`DELETE FROM jobs WHERE tenant = ${tenant} AND record = ANY(${records}::text[]) RETURNING id`.execute(trx);
    const ids = gone.rows.map(({ id }) => id);
    if (ids.length === 0) return;
    await sql`DELETE FROM job_requests WHERE tenant = ${tenant} AND owner = ${owner} AND jobs && ${ids}::uuid[]
      AND NOT EXISTS (SELECT 1 FROM jobs AS left_over WHERE left_over.id = ANY(job_requests.jobs))`.execute(trx);
  }

  /** A person who deletes everything deletes the cases, too: their names tell what was looked at. */
  async function removeAll(trx: Transaction<TeamTables>): Promise<Deleted> {
    const deleted = await remove(trx, sql`true`);
    const members = await sql<{ person: string }>`SELECT DISTINCT member.person FROM cases
      CROSS JOIN LATERAL ${membersOf()} AS member
      WHERE cases.tenant = ${tenant} AND cases.owner = ${owner} AND ${isShared()}`.execute(trx);
    await sql`DELETE FROM deletions WHERE tenant = ${tenant} AND owner = ${owner}`.execute(trx);
    await sql`DELETE FROM cases WHERE tenant = ${tenant} AND owner = ${owner}`.execute(trx);
    await sql`DELETE FROM imports WHERE tenant = ${tenant} AND owner = ${owner}`.execute(trx);
    await sql`DELETE FROM jobs WHERE tenant = ${tenant} AND owner = ${owner} AND ended_at IS NOT NULL`.execute(trx);
    return { ...deleted, witnesses: [...deleted.witnesses, ...members.rows.map(({ person }) => person)] };
  }

  const inTransaction = <Result>(work: (trx: Transaction<TeamTables>) => Promise<Result>): Promise<Result> =>
    database.transaction().execute(work);

  const numberOf = async (trx: Transaction<TeamTables>, id: string): Promise<number | undefined> => {
    const of = trx.selectFrom('deletions').select('number').where('tenant', '=', tenant).where('owner', '=', owner);
    return (await of.where('id', '=', id).forUpdate().executeTakeFirst())?.number;
  };

  return {
    filter: (filter: HistoryFilter): Promise<Deleted> =>
      inTransaction((trx) =>
        isEverything(filter) ? removeAll(trx) : remove(trx, sql`${shownTo(scope)} AND ${matching(filter)}`),
      ),
    oldest: (count: number): Promise<Deleted> =>
      inTransaction((trx) =>
        remove(trx, sql`number IN (SELECT number FROM records WHERE ${shownTo(scope)} ORDER BY number LIMIT ${count})`),
      ),
    ids: (ids: readonly string[]): Promise<Deleted> =>
      inTransaction((trx) => remove(trx, sql`id = ANY(${ids}::text[]) AND deletion IS NULL`)),
    /** Carries out a deletion that was held back. */
    held: (id: string): Promise<Deleted> =>
      inTransaction(async (trx) => {
        const number = await numberOf(trx, id);
        if (number === undefined) return NOTHING;
        const deleted = await remove(trx, sql`deletion = ${number}`);
        await sql`DELETE FROM deletions WHERE number = ${number}`.execute(trx);
        return deleted;
      }),
    /** Hides records from now on. */
    hold: (what: ToDelete, { id, dueAt }: HeldDeletion): Promise<Moved> =>
      inTransaction(async (trx) => {
        const chosen = 'ids' in what ? sql`id = ANY(${what.ids}::text[])` : matching(what.filter);
        const made = await trx
          .insertInto('deletions')
          .values({ tenant, owner, id, due_at: dueAt })
          .returning('number')
          .executeTakeFirstOrThrow();
        const told = await witnesses(trx, sql`${shownTo(scope)} AND ${chosen}`);
        const held = await sql<{ id: string }>`
          UPDATE records SET deletion = ${made.number} WHERE ${shownTo(scope)} AND ${chosen} RETURNING id`.execute(trx);
        if (held.rows.length === 0) await sql`DELETE FROM deletions WHERE number = ${made.number}`.execute(trx);
        await forgetJobs(
          trx,
          held.rows.map((row) => row.id),
        );
        return { count: held.rows.length, witnesses: told };
      }),
    /** Takes a deletion back: none of its records are there again where it was carried out. */
    restore: (id: string): Promise<Moved> =>
      inTransaction(async (trx) => {
        const number = await numberOf(trx, id);
        if (number === undefined) return { count: 0, witnesses: [] };
        const told = await witnesses(trx, sql`deletion = ${number}`);
        await shareLabels(scope, number).execute(trx);
        const back = await sql`UPDATE records SET deletion = NULL WHERE deletion = ${number}`.execute(trx);
        await sql`DELETE FROM deletions WHERE number = ${number}`.execute(trx);
        return { count: Number(back.numAffectedRows ?? 0), witnesses: told };
      }),
    isHeld: async (id: string): Promise<boolean> => {
      const held = sql`SELECT 1 FROM records WHERE tenant = ${tenant} AND owner = ${owner} AND id = ${id} AND deletion IS NOT NULL`;
      return (await held.execute(database)).rows.length > 0;
    },
    list: async (): Promise<WaitingDeletion[]> => {
      const all = sql<{ id: string; due_at: number; count: number }>`
        SELECT id, due_at, (SELECT count(*) FROM records WHERE records.deletion = deletions.number) AS count
        FROM deletions WHERE tenant = ${tenant} AND owner = ${owner} ORDER BY number`;
      return (await all.execute(database)).rows.map(({ id, due_at, count }) => ({ id, dueAt: due_at, count }));
    },
  };
}
