import { randomUUID } from 'node:crypto';
import { type KeptSecret, newPairingCode } from '@touchstone/shared';
import { type LetInAnswer, Person } from '@touchstone/shared/api';
import { type Kysely, sql } from 'kysely';
import * as v from 'valibot';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import { noteDeed } from './audit.ts';
import { CEREMONY_MS, type Ceremonies } from './ceremonies.ts';
import { PERSON_COLUMNS } from './people.ts';

/** Browsers of one person; the one unused longest goes. */
const MAX_BROWSERS = 32;

/** The last use is written down at most this often, in milliseconds. */
const SEEN_WRITTEN_EVERY_MS = 60_000;

/** Kind of the ceremony that letting a browser in is. */
const LET_IN = 'let-in';
const LetInData = v.object({ person: v.string(), code: v.string() });

const Bytes32 = v.pipe(
  v.instance(Buffer),
  v.length(32),
  v.transform((bytes) => new Uint8Array(bytes)),
);
const FoundRow = v.object({
  ...Person.entries,
  browser: v.string(),
  origin: v.string(),
  stored: Bytes32,
  server: Bytes32,
});

/** A browser that a person let in, with whose it is now. */
export interface BrowserOfPerson {
  readonly id: string;
  /** Origin of the extension, pinned when it was let in. */
  readonly origin: string;
  readonly kept: KeptSecret;
  readonly person: Person;
}

export interface ShownBrowser {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
  readonly pairedAt: number;
  readonly lastSeenAt: number | null;
}

/** What a person agreed to and a browser now comes for. */
export interface Agreement {
  readonly person: string;
  /** In canonical form. */
  readonly code: string;
}

export interface NewBrowser {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly origin: string;
  readonly kept: KeptSecret;
}

/** Browsers whose extension works in somebody's name. */
export interface PersonBrowsers {
  /**
   * Somebody who is signed in agrees: whoever has the verifier of this hash, and the code, may be their browser, once and for some
   * minutes. @throws TouchstoneError `sign-in-failed` where the hash was agreed to before
   */
  letIn(person: string, verifierHash: string): Promise<LetInAnswer>;
  /** Uses up what was agreed to for a verifier. @throws TouchstoneError `sign-in-failed` where there is nothing */
  redeem(verifier: Uint8Array): Promise<Agreement>;
  /** Id of a browser to be. */
  newId(): string;
  /** @returns whether its person may be here: else nothing is written */
  add(browser: NewBrowser): Promise<boolean>;
  /** Undefined also for those of people who are kept out. */
  find(id: string): Promise<BrowserOfPerson | undefined>;
  list(person: string): Promise<readonly ShownBrowser[]>;
  /** Ends one at once. @returns whether that person had it */
  remove(person: string, id: string): Promise<boolean>;
  seen(id: string): Promise<void>;
}

/** @param now milliseconds since 1970 */
export function createPersonBrowsers(
  database: Kysely<TeamTables>,
  tenant: string,
  ceremonies: Ceremonies,
  now: () => number = Date.now,
): PersonBrowsers {
  return {
    async letIn(person, verifierHash) {
      const code = newPairingCode();
      await ceremonies.expect(LET_IN, verifierHash, { person, code });
      return { code, expiresAt: now() + CEREMONY_MS };
    },
    redeem: (verifier) => ceremonies.end(LET_IN, verifier, LetInData),
    newId: () => randomUUID(),
    add: ({ id, person, name, origin, kept }) =>
      told(() =>
        database.transaction().execute(async (trx) => {
          // Whoever is kept out at this moment waits, or finds the browser among what goes.
          const there = sql`SELECT 1 FROM people WHERE tenant = ${tenant} AND id = ${person} AND disabled_at IS NULL FOR UPDATE`;
          if ((await there.execute(trx)).rows.length === 0) return false;
          await sql`DELETE FROM browsers WHERE id IN (SELECT id FROM browsers WHERE person = ${person}
            ORDER BY coalesce(seen_at, paired_at) DESC, id OFFSET ${MAX_BROWSERS - 1})`.execute(trx);
          await sql`INSERT INTO browsers (id, tenant, person, name, origin, stored, server, paired_at) VALUES (${id}, ${tenant},
            ${person}, ${name}, ${origin}, ${Buffer.from(kept.stored)}, ${Buffer.from(kept.server)}, ${now()})`.execute(
            trx,
          );
          await noteDeed(trx, tenant, { person, action: 'browser-let-in', target: id, detail: name }, now());
          return true;
        }),
      ),
    find: (id) =>
      told(async () => {
        const found = sql`SELECT ${PERSON_COLUMNS}, browsers.id AS browser, browsers.origin, browsers.stored, browsers.server
          FROM browsers JOIN people ON people.id = browsers.person
          WHERE browsers.tenant = ${tenant} AND browsers.id = ${id} AND people.disabled_at IS NULL`;
        const [row] = (await found.execute(database)).rows;
        if (row === undefined) return undefined;
        const { browser, origin, stored, server, ...person } = v.parse(FoundRow, row);
        return { id: browser, origin, kept: { stored, server }, person };
      }),
    list: (person) =>
      told(async () => {
        const found = sql<ShownBrowser>`SELECT id, name, origin, paired_at AS "pairedAt", seen_at AS "lastSeenAt" FROM browsers
          WHERE tenant = ${tenant} AND person = ${person} ORDER BY paired_at, id`;
        return (await found.execute(database)).rows;
      }),
    remove: (person, id) =>
      told(() =>
        database.transaction().execute(async (trx) => {
          const gone = sql`DELETE FROM browsers WHERE tenant = ${tenant} AND person = ${person} AND id = ${id}`;
          if (Number((await gone.execute(trx)).numAffectedRows ?? 0) === 0) return false;
          await noteDeed(trx, tenant, { person, action: 'browser-revoked', target: id }, now());
          return true;
        }),
      ),
    seen: (id) =>
      told(async () => {
        await sql`UPDATE browsers SET seen_at = ${now()}
          WHERE tenant = ${tenant} AND id = ${id} AND coalesce(seen_at, 0) <= ${now() - SEEN_WRITTEN_EVERY_MS}`.execute(
          database,
        );
      }),
  };
}
