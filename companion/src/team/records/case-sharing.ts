import { type CaseRight, TouchstoneError } from '@touchstone/shared';
import type { CaseSharing, CaseSharingChange } from '@touchstone/shared/api';
import { type Kysely, sql, type Transaction } from 'kysely';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import { noteDeed } from '../people/audit.ts';
import { seesCase } from './case-access.ts';
import type { Scope } from './record-condition.ts';
import type { TeamHistory } from './team-history.ts';
import { membersOfCase } from './witnesses.ts';

type Executor = Kysely<TeamTables>;
type Trx = Transaction<TeamTables>;

/** With whom a person shares their cases. */
export interface CaseSharings {
  /** @returns undefined where there is no such case @throws TouchstoneError `not-yours` of a case that is somebody else's */
  get(id: string): Promise<CaseSharing | undefined>;
  /**
   * Shares a case with these and nobody else.
   * @returns undefined where there is no such case
   * @throws TouchstoneError `not-yours`; `not-found` where somebody who is named is not in the team, and then nothing is changed
   */
  change(id: string, change: CaseSharingChange): Promise<CaseSharing | undefined>;
  /** Everybody else who may sign in, by name. */
  colleagues(): Promise<readonly { readonly id: string; readonly name: string }[]>;
}

/** The name under which the audit log has everybody. */
const EVERYBODY = 'everybody';

/** What each was given, by id; everybody under their own name. */
const grantsOf = ({ everybody, people }: CaseSharingChange): Map<string, CaseRight> =>
  new Map([
    ...(everybody === null ? [] : [[EVERYBODY, everybody] as const]),
    ...people.map(({ id, right }) => [id, right] as const),
  ]);

/**
 * @param history whose listeners are told, with those of everybody who saw the case or sees it now
 * @param now milliseconds since 1970
 */
export function createCaseSharings(
  database: Executor,
  scope: Scope,
  history: Pick<TeamHistory, 'casesChanged'>,
  now: () => number = Date.now,
): CaseSharings {
  const { tenant, owner } = scope;

  /** @returns whether there is such a case @throws TouchstoneError `not-yours` */
  async function isOwn(executor: Executor, id: string): Promise<boolean> {
    const found = sql<{ owner: string }>`SELECT owner FROM cases WHERE ${seesCase(scope)} AND id = ${id}`;
    const [row] = (await found.execute(executor)).rows;
    if (row && row.owner !== owner) throw new TouchstoneError('not-yours');
    return row !== undefined;
  }

  async function read(executor: Executor, id: string): Promise<CaseSharing> {
    const whole = sql<{
      everybody: CaseRight | null;
    }>`SELECT everybody FROM cases WHERE tenant = ${tenant} AND id = ${id}`;
    const named = sql<CaseSharing['people'][number]>`SELECT people.id, people.name, case_shares.right_to AS right
      FROM case_shares JOIN people ON people.id = case_shares.person
      WHERE case_shares.case_id = ${id} ORDER BY people.name, people.id`;
    return {
      everybody: (await whole.execute(executor)).rows[0]?.everybody ?? null,
      people: (await named.execute(executor)).rows,
    };
  }

  async function requirePeople(trx: Trx, ids: readonly string[]): Promise<void> {
    const known = sql<{ total: number }>`SELECT count(*) AS total FROM people
      WHERE tenant = ${tenant} AND id = ANY(${ids}::text[]) AND id <> ${owner}`;
    if (((await known.execute(trx)).rows[0]?.total ?? 0) !== ids.length) throw new TouchstoneError('not-found');
  }

  async function write(trx: Trx, id: string, { everybody, people }: CaseSharingChange): Promise<void> {
    await sql`UPDATE cases SET everybody = ${everybody} WHERE id = ${id}`.execute(trx);
    await sql`DELETE FROM case_shares WHERE case_id = ${id}`.execute(trx);
    for (const { id: person, right } of people)
      await sql`INSERT INTO case_shares (case_id, person, right_to) VALUES (${id}, ${person}, ${right})`.execute(trx);
  }

  /** What somebody put in goes with their sight of the case: nobody's records are shown where they cannot take them back. */
  const takeBack = (trx: Trx, id: string) =>
    sql`DELETE FROM case_records USING records, cases WHERE case_records.case_id = ${id} AND cases.id = ${id}
      AND records.tenant = case_records.tenant AND records.number = case_records.number
      AND records.owner <> cases.owner AND cases.everybody IS NULL
      AND NOT EXISTS (SELECT 1 FROM case_shares WHERE case_shares.case_id = ${id} AND case_shares.person = records.owner)`.execute(
      trx,
    );

  async function note(trx: Trx, id: string, before: CaseSharing, after: CaseSharingChange): Promise<void> {
    const [had, has] = [grantsOf(before), grantsOf(after)];
    const deed = { person: owner, target: id };
    for (const [who, right] of has)
      if (had.get(who) !== right)
        await noteDeed(trx, tenant, { ...deed, action: 'case-shared', detail: `${who} ${right}` }, now());
    for (const who of had.keys())
      if (!has.has(who)) await noteDeed(trx, tenant, { ...deed, action: 'case-unshared', detail: who }, now());
  }

  return {
    get: (id) => told(async () => ((await isOwn(database, id)) ? read(database, id) : undefined)),
    async change(id, change) {
      const witnesses = new Set<string>();
      const after = await told(() =>
        database.transaction().execute(async (trx) => {
          if (!(await isOwn(trx, id))) return undefined;
          await trx.selectFrom('cases').select('id').where('id', '=', id).forUpdate().execute();
          await requirePeople(
            trx,
            change.people.map((person) => person.id),
          );
          const before = await read(trx, id);
          for (const person of await membersOfCase(trx, scope, id)) witnesses.add(person);
          await write(trx, id, change);
          await takeBack(trx, id);
          await note(trx, id, before, change);
          for (const person of await membersOfCase(trx, scope, id)) witnesses.add(person);
          return read(trx, id);
        }),
      );
      if (after) history.casesChanged([...witnesses]);
      return after;
    },
    colleagues: () =>
      told(async () => {
        const found = sql<{ id: string; name: string }>`SELECT id, name FROM people
          WHERE tenant = ${tenant} AND id <> ${owner} AND disabled_at IS NULL ORDER BY name, id`;
        return (await found.execute(database)).rows;
      }),
  };
}
