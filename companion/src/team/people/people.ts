import { TouchstoneError } from '@touchstone/shared';
import { Person, type PersonChange, type Role } from '@touchstone/shared/api';
import { type Kysely, sql, type Transaction } from 'kysely';
import * as v from 'valibot';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import { noteDeed } from './audit.ts';
import { newId } from './secrets.ts';

type Executor = Kysely<TeamTables>;

/** A person as the table has them. */
export const PERSON_COLUMNS = sql`people.id, people.name, people.role, people.created_at AS "createdAt", people.disabled_at AS "disabledAt"`;

export const personOf = (row: unknown): Person => v.parse(Person, row);

/** Writes a new person down. */
export async function addPerson(
  trx: Transaction<TeamTables>,
  tenant: string,
  { id = newId(), name, role }: { readonly id?: string; readonly name: string; readonly role: Role },
  at: number,
): Promise<string> {
  await sql`INSERT INTO people (id, tenant, name, role, created_at) VALUES (${id}, ${tenant}, ${name}, ${role}, ${at})`.execute(
    trx,
  );
  return id;
}

export interface People {
  get(id: string): Promise<Person | undefined>;
  /** In the order in which they came. */
  list(): Promise<readonly Person[]>;
  /**
   * Gives somebody another role, or keeps them out: sessions, tokens and browsers end with it.
   * @param by id of who does it; null: the command line
   * @returns undefined where there is nobody of this id @throws TouchstoneError `last-admin`
   */
  change(id: string, change: PersonChange, by: string | null): Promise<Person | undefined>;
  /** Gives somebody the name that they want. @returns undefined where there is nobody of this id */
  rename(id: string, name: string): Promise<Person | undefined>;
}

/** The people of a team. @param now milliseconds since 1970 */
export function createPeople(database: Executor, tenant: string, now: () => number = Date.now): People {
  async function read(executor: Executor, id: string): Promise<Person | undefined> {
    const found = sql`SELECT ${PERSON_COLUMNS} FROM people WHERE tenant = ${tenant} AND id = ${id}`;
    const [row] = (await found.execute(executor)).rows;
    return row === undefined ? undefined : personOf(row);
  }

  /** Two who take the role from each other at once would leave nobody: they take turns. */
  const lockPeople = (trx: Transaction<TeamTables>) =>
    sql`SELECT pg_advisory_xact_lock(hashtextextended(${tenant}, 4))`.execute(trx);

  async function requireOtherAdmin(trx: Transaction<TeamTables>, id: string): Promise<void> {
    const others = sql`SELECT 1 FROM people
      WHERE tenant = ${tenant} AND id <> ${id} AND role = 'admin' AND disabled_at IS NULL LIMIT 1`;
    if ((await others.execute(trx)).rows.length === 0) throw new TouchstoneError('last-admin');
  }

  async function apply(
    trx: Transaction<TeamTables>,
    person: Person,
    { role = person.role, disabled = person.disabledAt !== null }: PersonChange,
    by: string | null,
  ): Promise<void> {
    const disabledAt = disabled ? (person.disabledAt ?? now()) : null;
    const staysAdmin = role === 'admin' && !disabled;
    if (person.role === 'admin' && person.disabledAt === null && !staysAdmin) await requireOtherAdmin(trx, person.id);
    await sql`UPDATE people SET role = ${role}, disabled_at = ${disabledAt} WHERE tenant = ${tenant} AND id = ${person.id}`.execute(
      trx,
    );
    if (disabled) {
      // What was stolen opens nothing once they are let in again: that takes an invitation.
      for (const table of ['sessions', 'tokens', 'browsers', 'passkeys', 'identities'])
        await sql`DELETE FROM ${sql.table(table)} WHERE person = ${person.id}`.execute(trx);
      // Nor does what was begun before, or a link that nobody had used.
      await sql`DELETE FROM ceremonies WHERE tenant = ${tenant} AND data::jsonb ->> 'person' = ${person.id}`.execute(
        trx,
      );
      await sql`DELETE FROM invitations WHERE tenant = ${tenant} AND person = ${person.id} AND used_at IS NULL`.execute(
        trx,
      );
    }
    const deed = { person: by, target: person.id };
    if (role !== person.role) {
      await noteDeed(trx, tenant, { ...deed, action: 'role-changed', detail: `${person.role} ${role}` }, now());
    }
    if (disabled !== (person.disabledAt !== null)) {
      await noteDeed(trx, tenant, { ...deed, action: disabled ? 'kept-out' : 'let-in-again' }, now());
    }
  }

  return {
    get: (id) => told(() => read(database, id)),
    list: () =>
      told(async () => {
        const all = sql`SELECT ${PERSON_COLUMNS} FROM people WHERE tenant = ${tenant} ORDER BY created_at, id`;
        return (await all.execute(database)).rows.map(personOf);
      }),
    rename: (id, name) =>
      told(() =>
        database.transaction().execute(async (trx) => {
          await lockPeople(trx);
          const before = await read(trx, id);
          if (!before || before.name === name) return before;
          await sql`UPDATE people SET name = ${name} WHERE tenant = ${tenant} AND id = ${id}`.execute(trx);
          const detail = `${before.name} → ${name}`;
          await noteDeed(trx, tenant, { person: id, action: 'name-changed', detail }, now());
          return { ...before, name };
        }),
      ),
    change: (id, change, by) =>
      told(() =>
        database.transaction().execute(async (trx) => {
          await lockPeople(trx);
          const person = await read(trx, id);
          if (!person) return undefined;
          await apply(trx, person, change, by);
          return read(trx, id);
        }),
      ),
  };
}
