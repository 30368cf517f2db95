import { sql, type Transaction } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { JobClaim } from '../../store/job-claim.ts';
import type { TeamTables } from '../database/tables.ts';
import type { EndJobs } from '../records/record-writer.ts';
import { CHANGED, dequeue } from './job-rows.ts';

interface End {
  readonly claim: JobClaim;
  readonly record: string;
}

/** Ends jobs with their records, inside whatever transaction the caller has begun. */
export function createJobEnding(boss: PgBoss, tenant: string, now: () => number = Date.now): EndJobs {
  return async (trx: Transaction<TeamTables>, ends: readonly End[]): Promise<ReadonlySet<string>> => {
    const given = ends.map(({ claim, record }) => ({ ...claim, record }));
    // In the order of their ids, as everybody else who changes several.
    const ended = await sql<{ id: string; queue: string }>`
      WITH held AS (
        SELECT jobs.id, ended.record FROM jobs
        JOIN json_to_recordset(${JSON.stringify(given)}::json) AS ended ("jobId" uuid, worker text, attempt integer, record text)
          ON jobs.id = ended."jobId" AND jobs.worker = ended.worker AND jobs.attempts = ended.attempt
        WHERE jobs.tenant = ${tenant} AND jobs.state = 'processing' ORDER BY jobs.id FOR UPDATE OF jobs
      )
      UPDATE jobs SET state = 'completed', record = held.record, worker = NULL, stage = NULL, progress = NULL,
        ended_at = ${now()}, ${CHANGED} FROM held WHERE jobs.id = held.id RETURNING jobs.id, jobs.queue`.execute(trx);
    await dequeue(boss, trx, ended.rows);
    return new Set(ended.rows.map(({ id }) => id));
  };
}
