import { Colleague } from '@touchstone/shared/api';
import { type Kysely, sql } from 'kysely';
import * as v from 'valibot';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import { PERSON_COLUMNS } from './people.ts';
import { livingSessions } from './sessions.ts';

export interface Colleagues {
  /** Everybody as an admin sees them, in the order in which they came. */
  list(): Promise<readonly Colleague[]>;
}

/** @param now milliseconds since 1970 */
export function createColleagues(
  database: Kysely<TeamTables>,
  tenant: string,
  now: () => number = Date.now,
): Colleagues {
  return {
    list: () =>
      told(async () => {
        const found = sql`SELECT ${PERSON_COLUMNS}, people.seen_at AS "seenAt",
            (SELECT count(*) FROM sessions WHERE sessions.person = people.id AND ${livingSessions(tenant, now())}) AS sessions,
            (SELECT count(*) FROM passkeys WHERE passkeys.person = people.id)
              + (SELECT count(*) FROM identities WHERE identities.person = people.id) AS "waysIn"
          FROM people WHERE people.tenant = ${tenant} ORDER BY people.created_at, people.id`;
        return (await found.execute(database)).rows.map((row) => v.parse(Colleague, row));
      }),
  };
}
