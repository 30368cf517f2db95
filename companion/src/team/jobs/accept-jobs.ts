import { TouchstoneError } from '@touchstone/shared';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { QueueLimits } from '../../jobs/embedded/accept-jobs.ts';
import { jobOf } from '../../jobs/embedded/job-row.ts';
import type { Job, JobWork } from '../../jobs/job.ts';
import { type Acceptance, IDEMPOTENCY_MS, type IdempotentRequest } from '../../jobs/job-ledger.ts';
import { persistently } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import { jobId, packOfWork, queueOf } from './job-id.ts';
import { CHANGED, dequeue, enqueue, JOB_COLUMNS } from './job-rows.ts';
import { takeTurns } from './turns.ts';

/** Rows of one statement: PostgreSQL takes 65,535 values. */
const ROWS = 2_000;

type Trx = Transaction<TeamTables>;
type Row = Readonly<Record<string, unknown>>;

/** Somebody who waits for jobs that are done for them alone. */
export interface Waiter {
  /** A UUID. */
  readonly id: string;
}

interface Asked {
  readonly id: string;
  readonly queue: string;
  readonly work: JobWork;
}

export interface AcceptRooms {
  readonly database: Kysely<TeamTables>;
  readonly boss: PgBoss;
  readonly tenant: string;
  readonly limits: QueueLimits;
  readonly now: () => number;
  /** Makes the queue where there is none yet. */
  readonly makeQueue: (name: string) => Promise<void>;
}

/** Takes jobs, in one transaction with their places in the queue. */
export function createTeamAcceptance({ database, boss, tenant, limits, now, makeQueue }: AcceptRooms) {
  async function requireRoom(trx: Trx, works: readonly JobWork[]): Promise<void> {
    const unfinished = await sql<{ jobs: number; bytes: number }>`
      SELECT count(*) AS jobs, coalesce(sum(bytes), 0)::bigint AS bytes FROM jobs
      WHERE tenant = ${tenant} AND state IN ('pending', 'processing')`.execute(trx);
    const { jobs = 0, bytes = 0 } = unfinished.rows[0] ?? {};
    if (jobs + works.length > limits.jobs) throw new TouchstoneError('busy', 'the queue is full');
    if (works.reduce((sum, work) => sum + work.bytes, bytes) > limits.bytes) {
      throw new TouchstoneError('busy', 'the disk space of the queue is full');
    }
  }

  async function read(trx: Trx, ids: readonly string[]): Promise<Map<string, Job>> {
    const rows =
      await sql<Row>`SELECT ${JOB_COLUMNS} FROM jobs WHERE tenant = ${tenant} AND id = ANY(${ids}::uuid[])`.execute(
        trx,
      );
    return new Map(rows.rows.map((row) => [String(row.id), jobOf(row)]));
  }

  /**
   * Jobs that are there already: what failed or was cancelled waits again, and who waited for it before does not any more; a question
   * makes bulk work of the same a question.
   */
  async function again(trx: Trx, asked: readonly Asked[]): Promise<Asked[]> {
    const ids = asked.map(({ id }) => id);
    const there = await sql<Row>`SELECT id, state, lane FROM jobs WHERE tenant = ${tenant} AND id = ANY(${ids}::uuid[])
      ORDER BY id FOR UPDATE`.execute(trx);
    const known = new Map(there.rows.map(({ id, state, lane }) => [String(id), { state, lane }]));
    const over = [...known].filter(([, { state }]) => state === 'failed' || state === 'cancelled').map(([id]) => id);
    if (over.length > 0) await sql`DELETE FROM job_waits WHERE job = ANY(${over}::uuid[])`.execute(trx);
    return asked.filter(({ id, work }) => {
      const job = known.get(id);
      if (!job || over.includes(id)) return true;
      return job.state === 'pending' && job.lane === 'bulk' && work.lane === 'asked';
    });
  }

  /**
   * Notes who waits, in the transaction that has the jobs: whoever goes last finds all others.
   * @param waiter undefined: they are to be done, whoever looks
   */
  async function noteWait(trx: Trx, ids: readonly string[], waiter: Waiter | undefined): Promise<void> {
    const jobs = sql`tenant = ${tenant} AND id = ANY(${ids}::uuid[]) AND state IN ('pending', 'processing')`;
    if (waiter === undefined) await sql`UPDATE jobs SET waited = false WHERE ${jobs} AND waited`.execute(trx);
    else
      await sql`INSERT INTO job_waits (id, job) SELECT ${waiter.id}, id FROM jobs WHERE ${jobs}
      ON CONFLICT DO NOTHING`.execute(trx);
  }

  async function write(trx: Trx, asked: readonly Asked[], waited: boolean): Promise<void> {
    if (asked.length === 0) return;
    const priorities = await takeTurns(trx, tenant, asked);
    const at = now();
    const rows = asked.map(({ id, queue, work }, index) => {
      const { owner, client, lane, content, bytes } = work;
      const place = { tenant, id, queue, priority: priorities[index] ?? 0, state: 'pending' };
      return { ...place, owner, client, lane, content, bytes, work: JSON.stringify(work), accepted_at: at };
    });
    await dequeue(boss, trx, rows);
    for (let from = 0; from < rows.length; from += ROWS) {
      const part = rows.slice(from, from + ROWS);
      // What had ended begins anew, and so does who waits for it; what is a question now stays whatever it was.
      await sql`INSERT INTO jobs (tenant, id, queue, priority, state, owner, client, lane, content, bytes, work, accepted_at, waited, changed)
        SELECT tenant, id, queue, priority, state, owner, client, lane, content, bytes, work, accepted_at, ${waited}::boolean, nextval('job_changes')
        FROM json_to_recordset(${JSON.stringify(part)}::json) AS given (tenant text, id uuid, queue text, priority integer, state text,
          owner text, client text, lane text, content text, bytes bigint, work text, accepted_at bigint)
        ON CONFLICT (id) DO UPDATE SET state = 'pending', priority = excluded.priority, lane = excluded.lane, client = excluded.client,
          work = excluded.work, accepted_at = excluded.accepted_at, error = NULL, ended_at = NULL, suspect = false, deaths = 0,
          started_at = NULL, waited = ${waited}::boolean AND (jobs.waited OR jobs.state IN ('failed', 'cancelled')), ${CHANGED}`.execute(
        trx,
      );
    }
    await enqueue(boss, trx, rows);
  }

  /** Notes a key down. @returns what became of the first request that had it; undefined for the first */
  async function earlier(
    trx: Trx,
    owner: string,
    request: IdempotentRequest,
    ids: string[],
  ): Promise<Acceptance | undefined> {
    const { key, fingerprint } = request;
    await sql`DELETE FROM job_requests WHERE tenant = ${tenant} AND at < ${now() - IDEMPOTENCY_MS}`.execute(trx);
    const noted = await sql`INSERT INTO job_requests (tenant, owner, key, fingerprint, at, jobs)
      VALUES (${tenant}, ${owner}, ${key}, ${fingerprint}, ${now()}, ${ids}::uuid[]) ON CONFLICT DO NOTHING`.execute(
      trx,
    );
    if (Number(noted.numAffectedRows ?? 0) > 0) return undefined;
    const first = await sql<{ fingerprint: string; jobs: string[] }>`SELECT fingerprint, jobs FROM job_requests
      WHERE tenant = ${tenant} AND owner = ${owner} AND key = ${key}`.execute(trx);
    const [row] = first.rows;
    if (row?.fingerprint !== fingerprint) return { outcome: 'key-reused' };
    return { outcome: 'replayed', jobs: inOrder(row.jobs, await read(trx, row.jobs)) };
  }

  /** @param forMs how long a database that is away is waited for */
  return async (
    works: readonly JobWork[],
    { request, waiter }: { readonly request?: IdempotentRequest | undefined; readonly waiter?: Waiter | undefined },
    forMs: number,
  ): Promise<Acceptance> => {
    const all = works.map((work): Asked => ({ id: jobId(tenant, work), queue: queueOf(packOfWork(work)), work }));
    const asked = [...new Map(all.map((one) => [one.id, one])).values()];
    const ids = all.map(({ id }) => id);
    const accept = async (trx: Trx): Promise<Acceptance> => {
      const known = request && (await earlier(trx, works[0]?.owner ?? '', request, ids));
      if (known) return known;
      const wanted = await again(trx, asked);
      await requireRoom(
        trx,
        wanted.map(({ work }) => work),
      );
      await write(trx, wanted, waiter !== undefined);
      if (waiter !== undefined || wanted.length < asked.length) await noteWait(trx, ids, waiter);
      return { outcome: 'accepted', jobs: inOrder(ids, await read(trx, ids)) };
    };
    return persistently(async () => {
      for (const queue of new Set(asked.map((one) => one.queue))) await makeQueue(queue);
      return database.transaction().execute(accept);
    }, forMs);
  };
}

function inOrder(ids: readonly string[], jobs: ReadonlyMap<string, Job>): Job[] {
  return ids.map((id) => jobs.get(id)).filter((job) => job !== undefined);
}
