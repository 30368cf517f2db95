import { Person } from '@touchstone/shared/api';
import { type Kysely, sql } from 'kysely';
import * as v from 'valibot';
import { SESSION_IDLE_MS } from '../../session/sessions.ts';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import { PERSON_COLUMNS } from './people.ts';
import { hashOf, newId, newSecret } from './secrets.ts';

/** A session ends so long after it began, however much it is used. Milliseconds: 30 days. */
export const SESSION_MS = 30 * 24 * 60 * 60_000;

/** The last use is written down at most this often, in milliseconds. */
const USE_WRITTEN_EVERY_MS = 60_000;

/** Longest name of a browser that is kept, in characters. */
const MAX_CLIENT = 200;

/** Sessions of one person; the one unused longest goes. */
const MAX_SESSIONS = 32;

const Row = v.object({ ...Person.entries, session: v.string(), usedAt: v.number() });

/** What a session is while it lives. @param at milliseconds since 1970 */
export const livingSessions = (tenant: string, at: number) =>
  sql`sessions.tenant = ${tenant} AND sessions.expires_at > ${at} AND sessions.used_at > ${at - SESSION_IDLE_MS}`;

/** Somebody who is signed in. */
export interface SignedIn {
  readonly person: Person;
  /** Id of the session; not its secret. */
  readonly session: string;
}

export interface ShownSession {
  readonly id: string;
  readonly client: string;
  readonly createdAt: number;
  readonly usedAt: number;
}

export interface TeamSessions {
  /** @param client how the browser names itself @returns the secret for the cookie */
  open(executor: Kysely<TeamTables>, person: string, client: string): Promise<string>;
  /** Whose a secret is, while the session lives and the person may be here; using it keeps it alive. */
  find(secret: string): Promise<SignedIn | undefined>;
  /** Those of one person, the newest first. */
  list(person: string): Promise<readonly ShownSession[]>;
  /** Ends one at once. @returns whether that person had it */
  end(person: string, id: string): Promise<boolean>;
}

/** Sessions of browsers, kept by the hash of their cookie. @param now milliseconds since 1970 */
export function createTeamSessions(
  database: Kysely<TeamTables>,
  tenant: string,
  now: () => number = Date.now,
): TeamSessions {
  const living = () => livingSessions(tenant, now());

  return {
    async open(executor, person, client) {
      const [secret, at] = [newSecret(), now()];
      // Two who find the same old ones at once do not wait for each other.
      await sql`DELETE FROM sessions WHERE id IN (
        SELECT id FROM sessions WHERE tenant = ${tenant} AND NOT (${living()}) FOR UPDATE SKIP LOCKED)`.execute(
        executor,
      );
      await sql`DELETE FROM sessions WHERE id IN (
        SELECT id FROM sessions WHERE person = ${person} ORDER BY used_at DESC, id OFFSET ${MAX_SESSIONS - 1})`.execute(
        executor,
      );
      await sql`INSERT INTO sessions (id, tenant, hash, person, client, created_at, used_at, expires_at)
        VALUES (${newId()}, ${tenant}, ${hashOf(secret)}, ${person}, ${client.slice(0, MAX_CLIENT)}, ${at}, ${at}, ${at + SESSION_MS})`.execute(
        executor,
      );
      await sql`UPDATE people SET seen_at = ${at} WHERE id = ${person}`.execute(executor);
      return secret;
    },
    find: (secret) =>
      told(async () => {
        const found = sql`SELECT ${PERSON_COLUMNS}, sessions.id AS session, sessions.used_at AS "usedAt"
          FROM sessions JOIN people ON people.id = sessions.person
          WHERE sessions.hash = ${hashOf(secret)} AND people.disabled_at IS NULL AND ${living()}`;
        const [row] = (await found.execute(database)).rows;
        if (row === undefined) return undefined;
        const { session, usedAt, ...person } = v.parse(Row, row);
        if (now() - usedAt >= USE_WRITTEN_EVERY_MS)
          // The person before the session, as whoever signs in or is kept out: the other way round two would wait for each other.
          await sql`WITH here AS (UPDATE people SET seen_at = ${now()} WHERE id = ${person.id} RETURNING id)
            UPDATE sessions SET used_at = ${now()} FROM here WHERE sessions.id = ${session} AND sessions.person = here.id`.execute(
            database,
          );
        return { person, session };
      }),
    list: (person) =>
      told(async () => {
        const found = sql<ShownSession>`SELECT id, client, created_at AS "createdAt", used_at AS "usedAt" FROM sessions
          WHERE person = ${person} AND ${living()} ORDER BY created_at DESC, id`;
        return (await found.execute(database)).rows;
      }),
    end: (person, id) =>
      told(async () => {
        const gone = sql`DELETE FROM sessions WHERE tenant = ${tenant} AND person = ${person} AND id = ${id}`;
        return Number((await gone.execute(database)).numAffectedRows ?? 0) > 0;
      }),
  };
}
