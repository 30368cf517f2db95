import { TouchstoneError } from '@touchstone/shared';
import { OpenInvitation, Role } from '@touchstone/shared/api';
import { type Kysely, sql, type Transaction } from 'kysely';
import * as v from 'valibot';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import { noteDeed } from './audit.ts';
import { hashOf, newId, newSecret } from './secrets.ts';

/** How long an invitation is good for, in milliseconds: three days, a weekend long. */
export const INVITATION_MS = 3 * 24 * 60 * 60_000;

const Invitation = v.object({ name: v.string(), role: Role, person: v.nullable(v.string()) });
/** What somebody may become, or, with `person`, who finds the way in again. */
export type Invitation = v.InferOutput<typeof Invitation>;

export interface IssuedInvitation {
  /** For the fragment of a link; told this once. */
  readonly secret: string;
  readonly expiresAt: number;
}

export interface Invitations {
  /**
   * @param by id of who invites; null: the command line
   * @throws TouchstoneError `not-found` where the person is not in the team
   */
  issue(
    given: Omit<Invitation, 'person'> & { readonly person?: string | undefined },
    by: string | null,
  ): Promise<IssuedInvitation>;
  /** Those that are still good, the newest first; nothing that opens them. */
  list(): Promise<readonly OpenInvitation[]>;
  /** Ends one that nobody has used. @param by id of who withdraws it @returns whether there was one */
  withdraw(id: string, by: string): Promise<boolean>;
  /** What an invitation is for; it stays good. @throws TouchstoneError `invitation-unusable` */
  look(secret: string): Promise<Invitation>;
  /**
   * Uses an invitation up, for this transaction.
   * @param hash of its secret, as a ceremony notes it @throws TouchstoneError `invitation-unusable`
   */
  take(trx: Transaction<TeamTables>, hash: string): Promise<Invitation>;
}

/** One-time links with which people join a team. @param now milliseconds since 1970 */
export function createInvitations(
  database: Kysely<TeamTables>,
  tenant: string,
  now: () => number = Date.now,
): Invitations {
  /** A person who was kept out meanwhile does not come back by an older link, and an admin who is none any more lets nobody in. */
  const isOpen = () => sql`tenant = ${tenant} AND used_at IS NULL
    AND expires_at > ${now()} AND NOT EXISTS (SELECT 1 FROM people WHERE people.id = invitations.person AND disabled_at IS NOT NULL)
    AND (by IS NULL OR EXISTS (SELECT 1 FROM people AS inviter
      WHERE inviter.id = invitations.by AND inviter.role = 'admin' AND inviter.disabled_at IS NULL))`;
  const isGood = (hash: string) => sql`hash = ${hash} AND ${isOpen()}`;

  function read(rows: readonly unknown[]): Invitation {
    const [row] = rows;
    if (row === undefined) throw new TouchstoneError('invitation-unusable');
    return v.parse(Invitation, row);
  }

  return {
    issue: ({ name, role, person }, by) =>
      told(() =>
        database.transaction().execute(async (trx) => {
          const [secret, id, at] = [newSecret(), newId(), now()];
          if (person !== undefined) {
            const known = sql`SELECT 1 FROM people WHERE tenant = ${tenant} AND id = ${person} AND disabled_at IS NULL`;
            if ((await known.execute(trx)).rows.length === 0) throw new TouchstoneError('not-found');
          }
          const expiresAt = at + INVITATION_MS;
          await sql`INSERT INTO invitations (id, tenant, hash, role, name, person, by, created_at, expires_at)
            VALUES (${id}, ${tenant}, ${hashOf(secret)}, ${role}, ${name}, ${person ?? null}, ${by}, ${at}, ${expiresAt})`.execute(
            trx,
          );
          await noteDeed(
            trx,
            tenant,
            { person: by, action: 'invited', target: person ?? id, detail: `${role} ${name}` },
            at,
          );
          return { secret, expiresAt };
        }),
      ),
    list: () =>
      told(async () => {
        const found = sql`SELECT id, name, role, person, by, created_at AS "createdAt", expires_at AS "expiresAt"
          FROM invitations WHERE ${isOpen()} ORDER BY created_at DESC, id`;
        return (await found.execute(database)).rows.map((row) => v.parse(OpenInvitation, row));
      }),
    withdraw: (id, by) =>
      told(() =>
        database.transaction().execute(async (trx) => {
          const gone = sql<{ person: string | null; role: string; name: string }>`DELETE FROM invitations
            WHERE tenant = ${tenant} AND id = ${id} AND used_at IS NULL RETURNING person, role, name`;
          const [row] = (await gone.execute(trx)).rows;
          if (!row) return false;
          const deed = { target: row.person ?? id, detail: `${row.role} ${row.name}` };
          await noteDeed(trx, tenant, { person: by, action: 'invitation-withdrawn', ...deed }, now());
          return true;
        }),
      ),
    look: (secret) =>
      told(async () => {
        const found = sql`SELECT name, role, person FROM invitations WHERE ${isGood(hashOf(secret))}`;
        return read((await found.execute(database)).rows);
      }),
    async take(trx, hash) {
      const taken = sql`UPDATE invitations SET used_at = ${now()} WHERE ${isGood(hash)} RETURNING name, role, person`;
      return read((await taken.execute(trx)).rows);
    },
  };
}
