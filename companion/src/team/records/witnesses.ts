import { type Kysely, sql } from 'kysely';
import type { TeamTables } from '../database/tables.ts';
import { isShared, membersOf } from './case-access.ts';
import type { Condition, Scope } from './record-condition.ts';

/**
 * Who has some of somebody's records before them, by a case in which they lie: its owner, and those with whom it is shared.
 * @param condition of the table `records` @returns ids of the records that each sees so
 */
export async function witnessesOf(
  executor: Kysely<TeamTables>,
  { tenant, owner }: Scope,
  condition: Condition,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await sql<{ person: string; ids: string[] }>`
    SELECT member.person, array_agg(DISTINCT chosen.id) AS ids
    FROM (SELECT id, tenant, number FROM records WHERE tenant = ${tenant} AND owner = ${owner} AND ${condition}) AS chosen
    JOIN case_records AS filed ON filed.tenant = chosen.tenant AND filed.number = chosen.number
    JOIN cases AS folder ON folder.id = filed.case_id AND (folder.owner <> ${owner} OR ${isShared('folder')})
    CROSS JOIN LATERAL ${membersOf('folder')} AS member
    GROUP BY member.person`.execute(executor);
  return new Map(found.rows.map(({ person, ids }) => [person, ids]));
}

/** Everybody who sees a case. */
export async function membersOfCase(executor: Kysely<TeamTables>, { tenant }: Scope, id: string): Promise<string[]> {
  const found = sql<{ person: string }>`SELECT member.person FROM cases
    CROSS JOIN LATERAL ${membersOf()} AS member WHERE cases.tenant = ${tenant} AND cases.id = ${id}`;
  return (await found.execute(executor)).rows.map(({ person }) => person);
}
