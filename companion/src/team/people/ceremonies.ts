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
  /** Ends a ceremony: nobody ends it again. @throws TouchstoneError `sign-in-failed` where there is none of this kind */
  end<Schema extends v.GenericSchema>(kind: string, secret: string, schema: Schema): Promise<v.InferOutput<Schema>>;
}

/** What browsers have begun and must end themselves, once, within ten minutes. @param now milliseconds since 1970 */
export function createCeremonies(
  database: Kysely<TeamTables>,
  tenant: string,
  now: () => number = Date.now,
): Ceremonies {
  return {
    begin: (kind, data) =>
      told(async () => {
        const secret = newSecret();
        await sql`DELETE FROM ceremonies WHERE tenant = ${tenant} AND (expires_at <= ${now()} OR number < (
          SELECT max(number) FROM ceremonies WHERE tenant = ${tenant}) - ${MAX_CEREMONIES})`.execute(database);
        await sql`INSERT INTO ceremonies (tenant, hash, kind, data, expires_at)
          VALUES (${tenant}, ${hashOf(secret)}, ${kind}, ${JSON.stringify(data)}, ${now() + CEREMONY_MS})`.execute(
          database,
        );
        return secret;
      }),
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
