import { randomBytes } from 'node:crypto';
import { Case, CaseStanding, MAX_CASE_RECORDS, MAX_CASES, TouchstoneError } from '@touchstone/shared';
import type { DeedWord } from '@touchstone/shared/api';
import { type Kysely, sql, type Transaction } from 'kysely';
import * as v from 'valibot';
import type { CaseRecords, CaseStore, CaseTaking } from '../../store/case-store.ts';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import { noteDeed } from '../people/audit.ts';
import { editableBy, editsCase, isShared, seenBy, seesCase } from './case-access.ts';
import { createTeamQueries } from './history-queries.ts';
import { matching, type Scope, shownTo } from './record-condition.ts';
import type { TeamHistory } from './team-history.ts';
import { membersOfCase, witnessesOf } from './witnesses.ts';

/** Bytes of a case's id: nobody guesses one, and a person types its beginning. */
const ID_BYTES = 10;

/** Cases of others that are listed; more than anybody looks through. */
const MAX_LISTED = 2000;

type Trx = Transaction<TeamTables>;

const CaseRow = v.object({
  ...CaseStanding.entries,
  id: v.string(),
  name: v.string(),
  note: v.string(),
  tags: v.pipe(v.string(), v.parseJson(), v.array(v.string())),
  created_at: v.number(),
  updated_at: v.number(),
  records: v.number(),
});

function caseOf(row: unknown): Case {
  const { created_at: createdAt, updated_at: updatedAt, right, owner, shared, ...same } = v.parse(CaseRow, row);
  return v.parse(Case, { ...same, createdAt, updatedAt, standing: { right, owner, shared } });
}

/**
 * One person's cases, and those that are shared with them, with what was written beside records. Only the owner of a record puts it
 * into a case: nobody passes on what was shared with them.
 * @param history whose listeners are told of each change, with everybody's who sees it
 * @param now milliseconds since 1970
 */
export function createTeamCases(
  database: Kysely<TeamTables>,
  scope: Scope,
  history: Pick<TeamHistory, 'casesChanged'>,
  now: () => number = Date.now,
): CaseStore {
  const { tenant, owner } = scope;

  /** @param work is given whom to tell once it is done; it returns false or undefined where there was nothing to change */
  async function change<Result>(work: (trx: Trx, witnesses: Set<string>) => Promise<Result>): Promise<Result> {
    const witnesses = new Set<string>();
    const result = await told(() => database.transaction().execute((trx) => work(trx, witnesses)));
    if (result !== false && result !== undefined) history.casesChanged([...witnesses]);
    return result;
  }

  /** The same of one case. @param right that is needed: without it, whoever sees the case hears `not-yours` */
  const changeCase = <Result>(
    id: string,
    right: 'view' | 'edit' | 'own',
    work: (trx: Trx, one: Case) => Promise<Result>,
  ): Promise<Result | undefined> =>
    change(async (trx, witnesses) => {
      const one = await lockCase(trx, id);
      if (!one) return undefined;
      if (right === 'own' && one.standing?.right !== 'own') throw new TouchstoneError('not-yours');
      if (right === 'edit' && one.standing?.right === 'view') throw new TouchstoneError('not-yours');
      for (const person of await membersOfCase(trx, scope, id)) witnesses.add(person);
      return work(trx, one);
    });

  const select = (condition: ReturnType<typeof sql>) => sql<Record<string, unknown>>`
    SELECT id, name, note, tags, created_at, updated_at, (
      SELECT count(*) FROM case_records JOIN records USING (tenant, number)
      WHERE case_records.case_id = cases.id AND records.deletion IS NULL
    ) AS records,
    CASE WHEN cases.owner = ${owner} THEN 'own' WHEN ${editsCase(scope)} THEN 'edit' ELSE 'view' END AS right,
    coalesce((SELECT people.name FROM people WHERE people.id = cases.owner), '') AS owner, ${isShared()} AS shared
    FROM cases WHERE ${seesCase(scope)} AND ${condition}
    ORDER BY updated_at DESC, cases.number DESC LIMIT ${MAX_CASES + MAX_LISTED}`;

  async function get(id: string, executor: Kysely<TeamTables> = database): Promise<Case | undefined> {
    const [row] = (await select(sql`id = ${id}`).execute(executor)).rows;
    return row && caseOf(row);
  }

  /** Takes the case for this transaction, where it is seen. */
  async function lockCase(trx: Trx, id: string): Promise<Case | undefined> {
    if (!(await get(id, trx))) return undefined;
    await trx.selectFrom('cases').select('id').where('id', '=', id).forUpdate().execute();
    // Whoever had it before may have changed who sees it.
    return get(id, trx);
  }

  const touch = (trx: Trx, id: string) =>
    trx.updateTable('cases').set({ updated_at: now() }).where('id', '=', id).execute();

  /** Numbers of somebody's own records. */
  async function numbersOf(trx: Trx, records: CaseRecords): Promise<number[]> {
    // One more than there is room for tells that there are too many.
    if ('filter' in records) return createTeamQueries(trx, scope).newestNumbers(records.filter, MAX_CASE_RECORDS + 1);
    const found = sql<{
      number: number;
    }>`SELECT number FROM records WHERE ${shownTo(scope)} AND id = ANY(${records.ids}::text[])`;
    return (await found.execute(trx)).rows.map(({ number }) => number);
  }

  /** Whether somebody takes out of a case what is their own and nothing else: one's own can always be taken back. */
  async function takesOwnAlone(trx: Trx, { standing }: Case): Promise<boolean> {
    if (standing?.right === 'view') return true;
    const reading = sql`SELECT 1 FROM people WHERE tenant = ${tenant} AND id = ${owner} AND role = 'reader'`;
    return (await reading.execute(trx)).rows.length > 0;
  }

  /**
   * Numbers of what is in a case that is seen, and matches; with `sameAs` only of those contents.
   * @param ownAlone only what is somebody's own
   */
  async function numbersInCase(trx: Trx, id: string, records: CaseTaking, ownAlone: boolean): Promise<number[]> {
    const chosen = 'ids' in records ? sql`id = ANY(${records.ids}::text[])` : matching(records.filter);
    const sameAs = 'ids' in records ? undefined : records.sameAs;
    const alike = sameAs
      ? sql`sha256 IN (SELECT sha256 FROM records WHERE ${seenBy(scope)} AND id = ANY(${sameAs}::text[]))`
      : sql`true`;
    const mine = ownAlone ? sql`owner = ${owner}` : sql`true`;
    const found = sql<{ number: number }>`SELECT number FROM records
      WHERE tenant = ${tenant} AND deletion IS NULL AND ${matching({ case: id })} AND ${chosen} AND ${alike} AND ${mine}`;
    return (await found.execute(trx)).rows.map(({ number }) => number);
  }

  /** Whoever puts something into a case that others see shows it to them; the audit log has that, and not what it was. */
  async function noteShared(trx: Trx, { id, standing }: Case, action: DeedWord, count: number): Promise<void> {
    if (!standing?.shared || count === 0) return;
    await noteDeed(trx, tenant, { person: owner, action, target: id, detail: String(count) }, now());
  }

  /** Two who make the last one at once take turns. @throws TouchstoneError `case-full` */
  async function requireRoom(trx: Trx): Promise<void> {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${JSON.stringify([tenant, owner])}, 3))`.execute(trx);
    const counted = sql<{
      total: number;
    }>`SELECT count(*) AS total FROM cases WHERE tenant = ${tenant} AND owner = ${owner}`;
    if (((await counted.execute(trx)).rows[0]?.total ?? 0) >= MAX_CASES) throw new TouchstoneError('case-full');
  }

  return {
    list: () => told(async () => (await select(sql`true`).execute(database)).rows.map(caseOf)),
    get: (id) => told(() => get(id)),
    create: (given) =>
      change(async (trx) => {
        const [id, at] = [randomBytes(ID_BYTES).toString('hex'), now()];
        await requireRoom(trx);
        const { name, note, tags } = given;
        const row = { id, tenant, owner, name, note, tags: JSON.stringify(tags), created_at: at, updated_at: at };
        await trx.insertInto('cases').values(row).execute();
        const made = await get(id, trx);
        if (!made) throw new TouchstoneError('internal', 'a case that was just made is not there');
        return made;
      }),
    change: (id, { name, note, tags }) =>
      changeCase(id, 'edit', async (trx) => {
        const set = { name, note, tags: tags && JSON.stringify(tags), updated_at: now() };
        await trx.updateTable('cases').set(set).where('id', '=', id).execute();
        return get(id, trx);
      }),
    delete: async (id) =>
      (await changeCase(id, 'own', async (trx) => {
        await trx.deleteFrom('cases').where('id', '=', id).execute();
        return true;
      })) ?? false,
    add: (id, records) =>
      changeCase(id, 'edit', async (trx, { standing }) => {
        const numbers = await numbersOf(trx, records);
        const put = sql`INSERT INTO case_records (case_id, tenant, number)
          SELECT ${id}, ${tenant}, number FROM unnest(${numbers}::bigint[]) AS given (number) ON CONFLICT DO NOTHING`;
        const added = Number((await put.execute(trx)).numAffectedRows ?? 0);
        const held = sql<{ total: number }>`SELECT count(*) AS total FROM case_records WHERE case_id = ${id}`;
        if (((await held.execute(trx)).rows[0]?.total ?? 0) > MAX_CASE_RECORDS) throw new TouchstoneError('case-full');
        if (added > 0) await touch(trx, id);
        const one = await get(id, trx);
        if (one) await noteShared(trx, { ...one, standing }, 'records-shared', added);
        return one && { added, case: one };
      }),
    take: (id, records) =>
      changeCase(id, 'view', async (trx, before) => {
        const ownAlone = await takesOwnAlone(trx, before);
        const numbers = await numbersInCase(trx, id, records, ownAlone);
        if (numbers.length === 0 && ownAlone) throw new TouchstoneError('not-yours');
        const gone = sql`DELETE FROM case_records
          WHERE case_id = ${id} AND tenant = ${tenant} AND number = ANY(${numbers}::bigint[])`;
        const taken = Number((await gone.execute(trx)).numAffectedRows ?? 0);
        if (taken > 0) await touch(trx, id);
        await noteShared(trx, before, 'records-unshared', taken);
        const one = await get(id, trx);
        return one && { taken, case: one };
      }),
    annotate: (recordId, { note, tags }) =>
      change(async (trx, witnesses) => {
        const found = sql<{ number: number; of: string; editable: boolean }>`SELECT number, owner AS of,
          ${editableBy(scope)} AS editable FROM records WHERE ${seenBy(scope)} AND id = ${recordId}`;
        const [row] = (await found.execute(trx)).rows;
        if (!row) return false;
        if (!row.editable) throw new TouchstoneError('not-yours');
        const { number, of } = row;
        const here = sql`tenant = ${tenant} AND number = ${number}`;
        if (note !== undefined) await sql`DELETE FROM record_notes WHERE ${here}`.execute(trx);
        if (note) await trx.insertInto('record_notes').values({ tenant, number, note }).execute();
        if (tags) await sql`DELETE FROM record_tags WHERE ${here}`.execute(trx);
        const rows = [...new Set(tags)].map((tag) => ({ tenant, number, tag }));
        if (rows.length > 0) await trx.insertInto('record_tags').values(rows).execute();
        witnesses.add(of);
        const seeing = await witnessesOf(trx, { tenant, owner: of }, sql`number = ${number}`);
        for (const person of seeing.keys()) witnesses.add(person);
        return true;
      }),
  };
}
