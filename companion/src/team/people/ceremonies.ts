import { TouchstoneError } from '@touchstone/shared';
import { type Kysely, sql } from 'kysely';
import * as v from 'valibot';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import { hashOf, newSecret } from './secrets.ts';

/** How long somebody may take to sign in once it was begun, in milliseconds. */
export const CEREMONY_MS = 10 * 60_000;

/** Ceremonies that are under way; the oldest goes. Anybody can begin one. */
const MAX_CEREMONIES = 10_000;

export interface Ceremonies {
  /** Notes what must be known when it is ended. @returns the secret of whoever began it */
  begin(kind: string, data: Readonly<Record<string, unknown>>): Promise<string>;
  /**
   * The same where whoever ends it made the secret, and has told its hash alone: SHA-256, lower-case hex.
   * @throws TouchstoneError `sign-in-failed` where this was begun before
   */
  expect(kind: string, hash: string, data: Readonly<Record<string, unknown>>): Promise<void>;
  /** Ends a ceremony: nobody ends it again. @throws TouchstoneError `sign-in-failed` where there is none of this kind */
  end<Schema extends v.GenericSchema>(
    kind: string,
    secret: string | Uint8Array,
    schema: Schema,
  ): Promise<v.InferOutput<Schema>>;
}

/** What browsers have begun and must end themselves, once, within ten minutes. @param now milliseconds since 1970 */
export function createCeremonies(
  database: Kysely<TeamTables>,
  tenant: string,
  now: () => number = Date.now,
): Ceremonies {
  /** @returns whether nobody had begun it */
  const write = (kind: string, hash: string, data: Readonly<Record<string, unknown>>): Promise<boolean> =>
    told(async () => {
      await sql`DELETE FROM ceremonies WHERE tenant = ${tenant} AND (expires_at <= ${now()} OR number < (
          SELECT max(number) FROM ceremonies WHERE tenant = ${tenant}) - ${MAX_CEREMONIES})`.execute(database);
      const written = sql`INSERT INTO ceremonies (tenant, hash, kind, data, expires_at)
          VALUES (${tenant}, ${hash}, ${kind}, ${JSON.stringify(data)}, ${now() + CEREMONY_MS}) ON CONFLICT DO NOTHING`;
      return Number((await written.execute(database)).numAffectedRows ?? 0) > 0;
    });

  return {
    async begin(kind, data) {
      const secret = newSecret();
      await write(kind, hashOf(secret), data);
      return secret;
    },
    async expect(kind, hash, data) {
      if (!(await write(kind, hash, data))) throw new TouchstoneError('sign-in-failed', 'begun before');
    },
    end: (kind, secret, schema) =>
      told(async () => {
        const ended = sql<{ kind: string; data: string; expires: number }>`DELETE FROM ceremonies
          WHERE tenant = ${tenant} AND hash = ${hashOf(secret)} RETURNING kind, data, expires_at AS expires`;
        const [row] = (await ended.execute(database)).rows;
        if (!row || row.kind !== kind || row.expires <= now())
          throw new TouchstoneError('sign-in-failed', 'no such ceremony');
        return v.parse(schema, JSON.parse(row.data));
      }),
  };
}
