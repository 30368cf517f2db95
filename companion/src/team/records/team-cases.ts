import { randomBytes } from 'node:crypto';
import { Case, MAX_CASE_RECORDS, MAX_CASES, TouchstoneError } from '@touchstone/shared';
import { type Kysely, sql, type Transaction } from 'kysely';
import * as v from 'valibot';
import type { CaseRecords, CaseStore, CaseTaking } from '../../store/case-store.ts';
import type { History } from '../../store/record-store.ts';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import { createTeamQueries } from './history-queries.ts';
import { matching, type Scope, shownTo } from './record-condition.ts';

/** Bytes of a case's id: nobody guesses one, and a person types its beginning. */
const ID_BYTES = 10;

type Trx = Transaction<TeamTables>;

const CaseRow = v.object({
  id: v.string(),
  name: v.string(),
  note: v.string(),
  tags: v.pipe(v.string(), v.parseJson(), v.array(v.string())),
  created_at: v.number(),
  updated_at: v.number(),
  records: v.number(),
});

function caseOf(row: unknown): Case {
  const { created_at: createdAt, updated_at: updatedAt, ...same } = v.parse(CaseRow, row);
  return v.parse(Case, { ...same, createdAt, updatedAt });
}

/**
 * One owner's cases, with what was written beside records.
 * @param history whose listeners are told of each change
 * @param now milliseconds since 1970
 */
export function createTeamCases(
  database: Kysely<TeamTables>,
  scope: Scope,
  history: Pick<History, 'subscribe'> & { readonly casesChanged: () => void },
  now: () => number = Date.now,
): CaseStore {
  const { tenant, owner } = scope;

  /** @param work returns false or undefined where there was nothing to change */
  async function change<Result>(work: (trx: Trx) => Promise<Result>): Promise<Result> {
    const result = await told(() => database.transaction().execute(work));
    if (result !== false && result !== undefined) history.casesChanged();
    return result;
  }

  const select = (condition: ReturnType<typeof sql>) => sql<Record<string, unknown>>`
    SELECT id, name, note, tags, created_at, updated_at, (
      SELECT count(*) FROM case_records JOIN records USING (tenant, number)
      WHERE case_records.case_id = cases.id AND ${shownTo(scope)}
    ) AS records FROM cases WHERE tenant = ${tenant} AND owner = ${owner} AND ${condition}
    ORDER BY updated_at DESC, cases.number DESC`;

  async function get(id: string, executor: Kysely<TeamTables> = database): Promise<Case | undefined> {
    const [row] = (await select(sql`id = ${id}`).execute(executor)).rows;
    return row && caseOf(row);
  }

  /** Takes the case for this transaction. @returns whether there is one */
  async function lockCase(trx: Trx, id: string): Promise<boolean> {
    const found = trx.selectFrom('cases').select('id').where('tenant', '=', tenant).where('owner', '=', owner);
    return (await found.where('id', '=', id).forUpdate().executeTakeFirst()) !== undefined;
  }

  const touch = (trx: Trx, id: string) =>
    trx.updateTable('cases').set({ updated_at: now() }).where('id', '=', id).execute();

  async function numbersOf(trx: Trx, records: CaseRecords): Promise<number[]> {
    // One more than there is room for tells that there are too many.
    if ('filter' in records) return createTeamQueries(trx, scope).newestNumbers(records.filter, MAX_CASE_RECORDS + 1);
    const found = sql<{
      number: number;
    }>`SELECT number FROM records WHERE ${shownTo(scope)} AND id = ANY(${records.ids}::text[])`;
    return (await found.execute(trx)).rows.map(({ number }) => number);
  }

  /** Numbers of what is in a case and matches; with `sameAs` only of those contents. */
  async function numbersInCase(
    trx: Trx,
    id: string,
    { filter, sameAs }: Extract<CaseTaking, { filter: unknown }>,
  ): Promise<number[]> {
    const alike = sameAs
      ? sql`sha256 IN (SELECT sha256 FROM records WHERE ${shownTo(scope)} AND id = ANY(${sameAs}::text[]))`
      : sql`true`;
    const found = sql<{ number: number }>`SELECT number FROM records
      WHERE ${shownTo(scope)} AND ${matching({ ...filter, case: id })} AND ${alike}`;
    return (await found.execute(trx)).rows.map(({ number }) => number);
  }

  async function numberOf(trx: Trx, recordId: string): Promise<number | undefined> {
    return (await numbersOf(trx, { ids: [recordId] }))[0];
  }

  return {
    list: () => told(async () => (await select(sql`true`).execute(database)).rows.map(caseOf)),
    get: (id) => told(() => get(id)),
    create: (given) =>
      change(async (trx) => {
        const [id, at] = [randomBytes(ID_BYTES).toString('hex'), now()];
        // Two who make the last one at once take turns.
        await sql`SELECT pg_advisory_xact_lock(hashtextextended(${JSON.stringify([tenant, owner])}, 3))`.execute(trx);
        const counted = sql<{
          total: number;
        }>`SELECT count(*) AS total FROM cases WHERE tenant = ${tenant} AND owner = ${owner}`;
        if (((await counted.execute(trx)).rows[0]?.total ?? 0) >= MAX_CASES) throw new TouchstoneError('case-full');
        const { name, note, tags } = given;
        const row = { id, tenant, owner, name, note, tags: JSON.stringify(tags), created_at: at, updated_at: at };
        await trx.insertInto('cases').values(row).execute();
        return { ...given, id, createdAt: at, updatedAt: at, records: 0 };
      }),
    change: (id, { name, note, tags }) =>
      change(async (trx) => {
        if (!(await lockCase(trx, id))) return undefined;
        const set = { name, note, tags: tags && JSON.stringify(tags), updated_at: now() };
        await trx.updateTable('cases').set(set).where('id', '=', id).execute();
        return get(id, trx);
      }),
    delete: (id) =>
      change(async (trx) => {
        if (!(await lockCase(trx, id))) return false;
        await trx.deleteFrom('cases').where('id', '=', id).execute();
        return true;
      }),
    add: (id, records) =>
      change(async (trx) => {
        if (!(await lockCase(trx, id))) return undefined;
        const numbers = await numbersOf(trx, records);
        const put = sql`INSERT INTO case_records (case_id, tenant, number)
          SELECT ${id}, ${tenant}, number FROM unnest(${numbers}::bigint[]) AS given (number) ON CONFLICT DO NOTHING`;
        const added = Number((await put.execute(trx)).numAffectedRows ?? 0);
        const held = sql<{ total: number }>`SELECT count(*) AS total FROM case_records WHERE case_id = ${id}`;
        if (((await held.execute(trx)).rows[0]?.total ?? 0) > MAX_CASE_RECORDS) throw new TouchstoneError('case-full');
        if (added > 0) await touch(trx, id);
        const one = await get(id, trx);
        return one && { added, case: one };
      }),
    take: (id, records) =>
      change(async (trx) => {
        if (!(await lockCase(trx, id))) return undefined;
        const numbers = 'ids' in records ? await numbersOf(trx, records) : await numbersInCase(trx, id, records);
        const gone = sql`DELETE FROM case_records
          WHERE case_id = ${id} AND tenant = ${tenant} AND number = ANY(${numbers}::bigint[])`;
        const taken = Number((await gone.execute(trx)).numAffectedRows ?? 0);
        if (taken > 0) await touch(trx, id);
        const one = await get(id, trx);
        return one && { taken, case: one };
      }),
    annotate: (recordId, { note, tags }) =>
      change(async (trx) => {
        const number = await numberOf(trx, recordId);
        if (number === undefined) return false;
        const here = sql`tenant = ${tenant} AND number = ${number}`;
        if (note !== undefined) await sql`DELETE FROM record_notes WHERE ${here}`.execute(trx);
        if (note) await trx.insertInto('record_notes').values({ tenant, number, note }).execute();
        if (tags) await sql`DELETE FROM record_tags WHERE ${here}`.execute(trx);
        const rows = [...new Set(tags)].map((tag) => ({ tenant, number, tag }));
        if (rows.length > 0) await trx.insertInto('record_tags').values(rows).execute();
        return true;
      }),
  };
}
