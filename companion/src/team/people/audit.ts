import { type AuditChoice, type AuditEntry, NOBODY } from '@touchstone/shared/api';
import { type Kysely, sql } from 'kysely';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import { type Action, actionsOf, deedOf } from './deeds.ts';

/** Longest detail, in characters: names and roles, never what somebody looked at. */
const MAX_DETAIL = 300;

/** Entries that are read at a time where all are wanted. */
const ENTRIES_A_READ = 500;

export interface NotedDeed {
  /** Null: nobody who is known, or the command line. */
  readonly person: string | null;
  readonly action: Action;
  readonly target?: string;
  readonly detail?: string;
}

/** Writes down who did what, inside the transaction that does it where there is one. */
export async function noteDeed(
  executor: Kysely<TeamTables>,
  tenant: string,
  { person, action, target = '', detail = '' }: NotedDeed,
  at: number,
): Promise<void> {
  await sql`INSERT INTO audit (tenant, at, person, action, target, detail)
    VALUES (${tenant}, ${at}, ${person}, ${action}, ${target.slice(0, MAX_DETAIL)}, ${detail.slice(0, MAX_DETAIL)})`.execute(
    executor,
  );
}

export interface AuditLog {
  /** @throws TouchstoneError `log-failed`: then what it is about must not be done */
  note(deed: NotedDeed): Promise<void>;
  /** Newest first. @param before number of the entry below which to go on @param chosen default: all */
  list(limit: number, before?: number, chosen?: AuditChoice): Promise<readonly AuditEntry[]>;
  /** All that is chosen, newest first; nothing that is added meanwhile. */
  iterate(chosen: AuditChoice): AsyncIterable<AuditEntry>;
}

/** What holds for every entry that is chosen. */
function conditionOf({ person, deed, from, to }: AuditChoice) {
  return sql.join(
    [
      sql`true`,
      ...(person === undefined ? [] : [person === NOBODY ? sql`person IS NULL` : sql`person = ${person}`]),
      ...(deed === undefined ? [] : [sql`action = ANY(${[...actionsOf(deed)]})`]),
      ...(from === undefined ? [] : [sql`at >= ${from}`]),
      ...(to === undefined ? [] : [sql`at < ${to}`]),
    ],
    sql` AND `,
  );
}

/** Who did what in a team. It is only added to; the table itself refuses changes. */
export function createAuditLog(database: Kysely<TeamTables>, tenant: string, now: () => number = Date.now): AuditLog {
  const list: AuditLog['list'] = (limit, before, chosen = {}) =>
    told(async () => {
      const below = before === undefined ? sql`true` : sql`number < ${before}`;
      const found = sql<Omit<AuditEntry, 'deed'>>`SELECT number, at, person, action, target, detail FROM audit
        WHERE tenant = ${tenant} AND ${below} AND ${conditionOf(chosen)} ORDER BY number DESC LIMIT ${limit}`;
      return (await found.execute(database)).rows.map((entry) => ({ ...entry, deed: deedOf(entry.action) }));
    });

  return {
    list,
    note: (deed) => told(() => noteDeed(database, tenant, deed, now())),
    async *iterate(chosen) {
      for (let before: number | undefined; ; ) {
        const entries = await list(ENTRIES_A_READ, before, chosen);
        yield* entries;
        before = entries.at(-1)?.number;
        if (entries.length < ENTRIES_A_READ) return;
      }
    },
  };
}
