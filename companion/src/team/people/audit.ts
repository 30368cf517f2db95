import type { AuditEntry } from '@touchstone/shared/api';
import { type Kysely, sql } from 'kysely';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';

/** Longest detail, in characters: names and roles, never what somebody looked at. */
const MAX_DETAIL = 300;

export interface Deed {
  /** Null: nobody who is known, or the command line. */
  readonly person: string | null;
  readonly action: string;
  readonly target?: string;
  readonly detail?: string;
}

/** Writes down who did what, inside the transaction that does it where there is one. */
export async function noteDeed(
  executor: Kysely<TeamTables>,
  tenant: string,
  { person, action, target = '', detail = '' }: Deed,
  at: number,
): Promise<void> {
  await sql`INSERT INTO audit (tenant, at, person, action, target, detail)
    VALUES (${tenant}, ${at}, ${person}, ${action}, ${target.slice(0, MAX_DETAIL)}, ${detail.slice(0, MAX_DETAIL)})`.execute(
    executor,
  );
}

export interface AuditLog {
  /** @throws TouchstoneError `log-failed`: then what it is about must not be done */
  note(deed: Deed): Promise<void>;
  /** Newest first. @param before number of the entry below which to go on */
  list(limit: number, before?: number): Promise<readonly AuditEntry[]>;
}

/** Who did what in a team. It is only added to; the table itself refuses changes. */
export function createAuditLog(database: Kysely<TeamTables>, tenant: string, now: () => number = Date.now): AuditLog {
  return {
    note: (deed) => told(() => noteDeed(database, tenant, deed, now())),
    list: (limit, before) =>
      told(async () => {
        const below = before === undefined ? sql`true` : sql`number < ${before}`;
        const found = sql<AuditEntry>`SELECT number, at, person, action, target, detail FROM audit
          WHERE tenant = ${tenant} AND ${below} ORDER BY number DESC LIMIT ${limit}`;
        return (await found.execute(database)).rows;
      }),
  };
}
