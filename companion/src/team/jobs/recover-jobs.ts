import { errorReport } from '@touchstone/shared';
import { type Kysely, sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { MAX_DEATHS, type Recovery } from '../../jobs/job-ledger.ts';
import type { TeamTables } from '../database/tables.ts';
import { CHANGED, dequeue } from './job-rows.ts';

interface Held {
  readonly id: string;
  readonly queue: string;
  readonly deaths: number;
}

/**
 * Lets what a dead worker had in its hands wait again. Of several jobs nobody knows which one killed it: each becomes a suspect, which
 * leaves the queue and is given out alone. One that was alone counts the death, and is set aside at the last one allowed.
 */
export async function recoverTeamJobs(
  database: Kysely<TeamTables>,
  boss: PgBoss,
  { tenant, worker, now }: { readonly tenant: string; readonly worker: string; readonly now: number },
): Promise<Recovery> {
  return database.transaction().execute(async (trx) => {
    const held = await sql<Held>`SELECT id, queue, deaths FROM jobs
      WHERE tenant = ${tenant} AND state = 'processing' AND worker = ${worker} ORDER BY id FOR UPDATE`.execute(trx);
    await sql`DELETE FROM workers WHERE tenant = ${tenant} AND id = ${worker}`.execute(trx);
    const alone = held.rows.length === 1 ? 1 : 0;
    const again = held.rows.filter(({ deaths }) => deaths + alone < MAX_DEATHS).map(({ id }) => id);
    const setAside = held.rows.filter(({ deaths }) => deaths + alone >= MAX_DEATHS).map(({ id }) => id);
    await dequeue(boss, trx, held.rows);
    await sql`UPDATE jobs SET state = 'pending', worker = NULL, stage = NULL, progress = NULL, suspect = true,
      deaths = deaths + ${alone}, ${CHANGED} WHERE id = ANY(${again}::uuid[])`.execute(trx);
    await sql`UPDATE jobs SET state = 'failed', worker = NULL, stage = NULL, progress = NULL, suspect = true,
      deaths = deaths + ${alone}, error = ${JSON.stringify(errorReport('job-set-aside'))}, ended_at = ${now}, ${CHANGED}
      WHERE id = ANY(${setAside}::uuid[])`.execute(trx);
    return { again, setAside };
  });
}
