import { TouchstoneError } from '@touchstone/shared';
import { type CeremonyOptions, type NewPasskey, Passkey, type WaysOfPerson } from '@touchstone/shared/api';
import { type Kysely, sql, type Transaction } from 'kysely';
import * as v from 'valibot';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import { noteDeed } from './audit.ts';
import { createCeremonies } from './ceremonies.ts';
import { createPasskeys, type PasskeySite } from './passkeys.ts';
import { hashOf } from './secrets.ts';

/** Passkeys of one person at the same time. */
const MAX_PASSKEYS = 32;

const Pending = v.object({ challenge: v.string(), person: v.string() });

/** Names a passkey to its owner: ids of authenticators can be a thousand characters long. */
const SHOWN_ID = sql`encode(sha256(convert_to(id, 'UTF8')), 'hex')`;
const COLUMNS = sql`${SHOWN_ID} AS id, name, created_at AS "createdAt", used_at AS "usedAt"`;

export interface OwnPasskeysRooms {
  readonly database: Kysely<TeamTables>;
  readonly tenant: string;
  /** Undefined: nobody signs in with a passkey here. */
  readonly site?: PasskeySite | undefined;
  /** Whether people sign in with a provider, too. */
  readonly hasProvider: boolean;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** How somebody who is signed in looks after their own ways in. */
export interface OwnPasskeys {
  /** The oldest passkey first. */
  list(person: string): Promise<WaysOfPerson>;
  /** Begins adding one. @throws TouchstoneError `sign-in-failed` where nobody signs in with passkeys, `bad-request` when there are too many */
  options(person: { readonly id: string; readonly name: string }): Promise<CeremonyOptions>;
  /** @throws TouchstoneError `sign-in-failed`: not what this person began, or a passkey that is known */
  add(person: string, answer: v.InferOutput<typeof NewPasskey>): Promise<Passkey>;
  /** @returns undefined where that person has none of this id */
  rename(person: string, id: string, name: string): Promise<Passkey | undefined>;
  /** @returns whether that person had it @throws TouchstoneError `last-way-in` */
  remove(person: string, id: string): Promise<boolean>;
}

export function createOwnPasskeys(rooms: OwnPasskeysRooms): OwnPasskeys {
  const { database, tenant, site, hasProvider, now = Date.now } = rooms;
  const ceremonies = createCeremonies(database, tenant, now);
  const passkeys = site && createPasskeys(database, tenant, site, now);

  function required() {
    if (!passkeys) throw new TouchstoneError('sign-in-failed', 'nobody signs in with a passkey here');
    return passkeys;
  }

  async function read(executor: Kysely<TeamTables>, person: string): Promise<readonly Passkey[]> {
    const found = sql`SELECT ${COLUMNS} FROM passkeys WHERE tenant = ${tenant} AND person = ${person} ORDER BY created_at, id`;
    return (await found.execute(executor)).rows.map((row) => v.parse(Passkey, row));
  }

  async function isKnownToProvider(executor: Kysely<TeamTables>, person: string): Promise<boolean> {
    if (!hasProvider) return false;
    const found = sql`SELECT 1 FROM identities WHERE tenant = ${tenant} AND person = ${person} LIMIT 1`;
    return (await found.execute(executor)).rows.length > 0;
  }

  /** Whoever changes the ways of one person takes turns: two could else take the last two from them, or bring one back. */
  async function lock(trx: Transaction<TeamTables>, person: string): Promise<void> {
    const here = sql`SELECT 1 FROM people WHERE tenant = ${tenant} AND id = ${person} AND disabled_at IS NULL FOR UPDATE`;
    if ((await here.execute(trx)).rows.length === 0) throw new TouchstoneError('sign-in-failed', 'kept out');
  }

  async function requireRoom(executor: Kysely<TeamTables>, person: string): Promise<void> {
    if ((await read(executor, person)).length < MAX_PASSKEYS) return;
    throw new TouchstoneError('bad-request', `${MAX_PASSKEYS} passkeys`, {
      nextStep: 'Remove passkeys that you do not use.',
    });
  }

  const transaction = <Result>(work: (trx: Transaction<TeamTables>) => Promise<Result>): Promise<Result> =>
    told(() => database.transaction().execute(work));

  return {
    list: (person) =>
      told(async () => ({
        passkeys: [...(await read(database, person))],
        provider: await isKnownToProvider(database, person),
      })),
    async options(person) {
      const keys = required();
      await told(() => requireRoom(database, person.id));
      const options = await keys.newOptions(person);
      const data = { challenge: options.challenge, person: person.id };
      return { ceremony: await ceremonies.begin('add-passkey', data), options };
    },
    async add(person, { name, ...answer }) {
      const keys = required();
      const pending = await ceremonies.end('add-passkey', answer.ceremony, Pending);
      if (pending.person !== person) throw new TouchstoneError('sign-in-failed', 'begun by somebody else');
      const credential = await keys.verifyNew(answer, pending);
      return transaction(async (trx) => {
        await lock(trx, person);
        await requireRoom(trx, person);
        await keys.keep(trx, person, credential, name);
        const id = hashOf(credential.id);
        await noteDeed(trx, tenant, { person, action: 'passkey-added', target: id, detail: name }, now());
        const added = (await read(trx, person)).find((one) => one.id === id);
        if (!added) throw new TouchstoneError('internal', 'the passkey is not there');
        return added;
      });
    },
    rename: (person, id, name) =>
      told(async () => {
        const named = sql`UPDATE passkeys SET name = ${name}
          WHERE tenant = ${tenant} AND person = ${person} AND ${SHOWN_ID} = ${id} RETURNING ${COLUMNS}`;
        const [row] = (await named.execute(database)).rows;
        return row === undefined ? undefined : v.parse(Passkey, row);
      }),
    remove: (person, id) =>
      transaction(async (trx) => {
        await lock(trx, person);
        const all = await read(trx, person);
        const removed = all.find((one) => one.id === id);
        if (!removed) return false;
        if (all.length === 1 && !(await isKnownToProvider(trx, person))) throw new TouchstoneError('last-way-in');
        await sql`DELETE FROM passkeys WHERE tenant = ${tenant} AND person = ${person} AND ${SHOWN_ID} = ${id}`.execute(
          trx,
        );
        const deed = { person, target: id, detail: removed.name };
        await noteDeed(trx, tenant, { ...deed, action: 'passkey-removed' }, now());
        return true;
      }),
  };
}
