import { type Kysely, sql, type Transaction } from 'kysely';
import { fromKysely, type PgBoss } from 'pg-boss';
import { jobOf } from '../../jobs/embedded/job-row.ts';
import { JOB_LANES, type JobLane } from '../../jobs/job.ts';
import type { ClaimedJob } from '../../jobs/job-ledger.ts';
import { waitingLanes } from '../../lanes/bulk-turn.ts';
import type { TeamTables } from '../database/tables.ts';
import { among, CHANGED, JOB_COLUMNS, UNFINISHED } from './job-rows.ts';
import { LEAST_ASKED, MOST_BULK, serveTurns } from './turns.ts';
import { giveSign } from './worker-signs.ts';

type Trx = Transaction<TeamTables>;

/** Priorities of each lane. */
const LANES: Readonly<Record<JobLane, { readonly minPriority?: number; readonly maxPriority?: number }>> = {
  asked: { minPriority: LEAST_ASKED },
  bulk: { maxPriority: MOST_BULK },
};

export interface ClaimRooms {
  readonly database: Kysely<TeamTables>;
  readonly boss: PgBoss;
  readonly tenant: string;
  readonly now: () => number;
  /** Queues whose packs this worker has. */
  readonly queues: () => Promise<readonly string[]>;
}

/** Hands jobs to workers. */
export function createTeamClaims({ database, boss, tenant, now, queues }: ClaimRooms) {
  let turns = 0;

  async function inHand(trx: Trx, worker: string): Promise<readonly boolean[]> {
    const held = await sql<{ suspect: boolean }>`SELECT suspect FROM jobs
      WHERE tenant = ${tenant} AND state = 'processing' AND worker = ${worker}`.execute(trx);
    return held.rows.map(({ suspect }) => suspect);
  }

  /** A job that was in the hands of a worker that died, and in nobody's now. */
  async function nextSuspect(trx: Trx, names: readonly string[]): Promise<string | undefined> {
    const found = await sql<{ id: string }>`SELECT id FROM jobs
      WHERE tenant = ${tenant} AND state = 'pending' AND suspect AND queue = ANY(${names}::text[])
      ORDER BY deaths DESC, number LIMIT 1 FOR UPDATE SKIP LOCKED`.execute(trx);
    return found.rows[0]?.id;
  }

  /**
   * Queues in which something waits, and in which lane: to ask an empty one costs as much as to fetch from it. Of each the next place
   * in the index of what waits is read: an EXISTS is made a join, which reads everything that waits (20 ms of 10,000 jobs).
   */
  async function waitingIn(trx: Trx, names: readonly string[]): Promise<readonly { queue: string; lane: JobLane }[]> {
    const found = sql<{ queue: string; lane: JobLane }>`SELECT queue, lane
      FROM unnest(${names}::text[]) AS given (queue) CROSS JOIN unnest(${[...JOB_LANES]}::text[]) AS lanes (lane)
      WHERE (queue, lane) = (SELECT jobs.queue, jobs.lane FROM jobs
        WHERE jobs.tenant = ${tenant} AND (jobs.queue, jobs.lane) >= (given.queue, lanes.lane)
          AND jobs.state = 'pending' AND NOT jobs.suspect ORDER BY jobs.queue, jobs.lane LIMIT 1)`;
    return (await found.execute(trx)).rows;
  }

  async function fetchFrom(trx: Trx, names: readonly string[], count: number, only?: JobLane): Promise<string[]> {
    turns += 1;
    const ids: string[] = [];
    const waiting = await waitingIn(trx, names);
    for (const lane of only ? [only] : waitingLanes(turns)) {
      const some = waiting.filter((one) => one.lane === lane).map(({ queue }) => queue);
      for (let at = 0; at < some.length && ids.length < count; at += 1) {
        // Another queue comes first each time.
        const name = some[(at + turns) % some.length] ?? '';
        const jobs = await boss.fetch(name, { ...LANES[lane], batchSize: count - ids.length, db: fromKysely(trx) });
        ids.push(...jobs.map(({ id }) => id));
      }
    }
    return ids;
  }

  async function begin(trx: Trx, ids: readonly string[], worker: string): Promise<ClaimedJob[]> {
    // The queue gives a job to another by itself when nobody ended it for a day: then the claim before is void.
    const begun = await sql<Readonly<Record<string, unknown>> & { queue: string; lane: JobLane; priority: number }>`
      UPDATE jobs SET state = 'processing', worker = ${worker}, attempts = attempts + 1, stage = NULL, progress = NULL,
        started_at = coalesce(started_at, ${now()}), ${CHANGED}
      WHERE ${among(tenant, ids)} AND ${UNFINISHED}
      RETURNING ${JOB_COLUMNS}, queue, lane, priority`.execute(trx);
    // Whoever holds a job has given a sign: one that dies between two signs is missed, too.
    await giveSign(trx, tenant, worker);
    await serveTurns(trx, tenant, begun.rows);
    return begun.rows
      .toSorted((a, b) => b.priority - a.priority)
      .map((row) => jobOf(row))
      .map((job) => ({ job, claim: { jobId: job.id, worker, attempt: job.attempts } }));
  }

  async function claim(worker: string, count: number, only?: JobLane): Promise<ClaimedJob[]> {
    const names = await queues();
    if (names.length === 0) return [];
    return database.transaction().execute(async (trx) => {
      const held = await inHand(trx, worker);
      // A suspect is alone, so that its worker's death would tell.
      if (held.some((suspect) => suspect)) return [];
      const suspect = await nextSuspect(trx, names);
      if (suspect !== undefined && held.length > 0) return [];
      const ids = suspect === undefined ? await fetchFrom(trx, names, count, only) : [suspect];
      return ids.length === 0 ? [] : begin(trx, ids, worker);
    });
  }

  let last: Promise<unknown> = Promise.resolve();

  /**
   * One after the other: two claims of one worker at once would not see what the other takes.
   * @param only one lane; absent: both, questions first
   * @returns at most `count` jobs whose turn it is; a job that may have killed its worker comes first, and alone
   */
  return (worker: string, count: number, only?: JobLane): Promise<ClaimedJob[]> => {
    const next = last.then(() => claim(worker, count, only));
    last = next.catch(() => undefined);
    return next;
  };
}
