import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { fromKysely } from 'pg-boss';
import type { JobClaim } from '../../store/job-claim.ts';
import type { TeamTables } from '../database/tables.ts';

type Trx = Transaction<TeamTables>;

/** What makes a job of a row (jobs/embedded/job-row.ts). */
export const JOB_COLUMNS = sql.raw(
  'id, state, work, attempts, stage, progress, record, error, accepted_at, started_at, ended_at',
);

/** The next number of a change: whoever looks by the clock asks for those that came after the last it saw. */
export const CHANGED = sql`changed = nextval('job_changes')`;

/**
 * What holds of jobs that are asked for by their ids, in a form that no index but that of the ids serves: right after many were accepted
 * PostgreSQL does not know yet how many wait, and would rather read all of them (8 ms of 10,000).
 */
export const among = (tenant: string, ids: readonly string[]): RawBuilder<unknown> =>
  sql`jobs.id = ANY(${ids}::uuid[]) AND jobs.tenant || '' = ${tenant}`;
export const UNFINISHED = sql`jobs.state || '' IN ('pending', 'processing')`;

/** What holds for a claim that is not void. */
export const claimHolds = ({ jobId, worker, attempt }: JobClaim): RawBuilder<unknown> =>
  sql`id = ${jobId}::uuid AND state = 'processing' AND worker = ${worker} AND attempts = ${attempt}`;

/** A job in the queue of its pack. */
export interface Queued {
  readonly id: string;
  readonly queue: string;
  readonly priority: number;
}

/** Puts jobs into their queues, inside the transaction that writes them down. */
export async function enqueue(boss: PgBoss, trx: Trx, jobs: readonly Queued[]): Promise<void> {
  for (const [queue, some] of Map.groupBy(jobs, (job) => job.queue)) {
    await boss.insert(
      queue,
      some.map(({ id, priority }) => ({ id, priority })),
      { db: fromKysely(trx) },
    );
  }
}

/** Takes jobs out of their queues: what has ended leaves nothing there that would swell the tables. */
export async function dequeue(boss: PgBoss, trx: Trx, jobs: readonly Pick<Queued, 'id' | 'queue'>[]): Promise<void> {
  for (const [queue, some] of Map.groupBy(jobs, (job) => job.queue)) {
    await boss.deleteJob(
      queue,
      some.map(({ id }) => id),
      { db: fromKysely(trx) },
    );
  }
}
