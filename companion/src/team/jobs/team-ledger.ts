import { setImmediate as nextTurn } from 'node:timers/promises';
import { TouchstoneError } from '@touchstone/shared';
import { sql, type Transaction } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { QUEUE_LIMITS, type QueueLimits } from '../../jobs/embedded/accept-jobs.ts';
import { createEndRate } from '../../jobs/embedded/end-rate.ts';
import { jobOf } from '../../jobs/embedded/job-row.ts';
import { hasEnded, type Job, type JobLane, type JobWork } from '../../jobs/job.ts';
import type { ClaimedJob, JobLedger } from '../../jobs/job-ledger.ts';
import type { JobClaim } from '../../store/job-claim.ts';
import { persistently, told } from '../database/database-errors.ts';
import type { TeamDatabase } from '../database/open-database.ts';
import type { TeamTables } from '../database/tables.ts';
import type { EventBus } from '../events/event-bus.ts';
import { createTeamAcceptance, type Waiter } from './accept-jobs.ts';
import { createTeamClaims } from './claim-jobs.ts';
import { createJobEnding } from './end-jobs.ts';
import { isUuid } from './job-id.ts';
import { among, CHANGED, claimHolds, dequeue, enqueue, JOB_COLUMNS, type Queued } from './job-rows.ts';
import { leaveJob } from './leave-job.ts';
import { makeQueue } from './queue.ts';
import { recoverTeamJobs } from './recover-jobs.ts';
import { forgetTurns } from './turns.ts';
import { watchChanges } from './watch-changes.ts';

/** Ids of jobs that one message names. */
const TOLD_IDS = 150;

export interface TeamLedgerRooms {
  readonly database: TeamDatabase;
  readonly boss: PgBoss;
  readonly bus: Omit<EventBus, 'spread'>;
  readonly tenant: string;
  /** Queues whose packs this process has; none for one that only accepts. */
  readonly queues: () => Promise<readonly string[]>;
  readonly limits?: QueueLimits | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  readonly onTrouble?: ((error: unknown) => void) | undefined;
  /** Whether this process does the work, and needs to hear of nothing else. */
  readonly works?: boolean | undefined;
}

/** How long somebody who sends a check waits for a database that is away. Milliseconds. */
const ACCEPT_MS = 5_000;

/** A picture's stage is not written down before it has taken so long: most are done by then. Milliseconds. */
const STAGE_AFTER_MS = 1_000;

export interface TeamLedger extends JobLedger {
  /** As `claimMany`, but only what a person waits for. */
  claimAsked(worker: string, count: number): Promise<readonly ClaimedJob[]>;
  /** As `accept`, for somebody who waits: once nobody waits any more, the job is not done. @throws TouchstoneError as `accept` */
  acceptWaited(work: JobWork, waiter: Waiter): Promise<Job>;
  /** Somebody who waited does not any more: a job that nobody else wants is cancelled. */
  leave(id: string, waiter: Waiter): Promise<void>;
  /** Tells listeners what this process wrote past the ledger, with the record that ended a job. */
  ended(ids: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** The ledger in PostgreSQL: our table is its memory, and pg-boss hands the work out. Each change is one transaction in both. */
export function createTeamLedger(rooms: TeamLedgerRooms): TeamLedger {
  const { boss, bus, tenant, limits = QUEUE_LIMITS, now = Date.now, onTrouble = () => {}, works = false } = rooms;
  const database = rooms.database.kysely;
  const listeners = new Set<(job: Job) => void>();
  const rate = createEndRate(now);
  const made = new Map<string, Promise<void>>();
  const over = new AbortController();

  function queueMade(name: string): Promise<void> {
    const making = made.get(name) ?? makeQueue(boss, name);
    made.set(name, making);
    making.catch(() => made.delete(name));
    return making;
  }

  const queues = async (): Promise<readonly string[]> => {
    const names = await rooms.queues();
    await Promise.all(names.map(queueMade));
    return names;
  };
  const acceptJobs = createTeamAcceptance({ database, boss, tenant, limits, now, makeQueue: queueMade });
  const claimJobs = createTeamClaims({ database, boss, tenant, now, queues });
  const endJobs = createJobEnding(boss, tenant, now);
  // What a worker that lives has in its hands nobody else ever looks at: it must come to an end, however long the database is away.
  const patience = works ? Number.POSITIVE_INFINITY : undefined;

  async function readAll(ids: readonly string[]): Promise<Job[]> {
    const known = ids.filter(isUuid);
    if (known.length === 0) return [];
    const rows = await sql<Readonly<Record<string, unknown>>>`SELECT ${JOB_COLUMNS} FROM jobs
      WHERE ${among(tenant, known)}`.execute(database);
    return rows.rows.map(jobOf);
  }

  const read = async (id: string): Promise<Job | undefined> => (await readAll([id]))[0];

  function emit(job: Job): void {
    if (hasEnded(job)) rate.ended();
    for (const listener of listeners) listener(job);
  }

  const changes = watchChanges(
    {
      database,
      bus,
      tenant,
      readAll,
      emit,
      onUnheardEnd: rate.ended,
      onTrouble,
      isHeard: () => listeners.size > 0,
      works,
    },
    over.signal,
  );

  /** Tells this process at once and the others as soon as they listen. */
  function announce(jobs: readonly Job[]): void {
    for (const job of jobs) changes.tell(job);
    const told = jobs.slice(0, TOLD_IDS);
    const message = { type: 'jobs' as const, ids: told.map(({ id }) => id), states: told.map(({ state }) => state) };
    if (told.length > 0) bus.tell({ tenant, owner: null, told: message }).catch(onTrouble);
  }

  /** When each job began that this process has in its hands. */
  const begun = new Map<string, number>();

  async function claim(worker: string, count: number, lane?: JobLane): Promise<readonly ClaimedJob[]> {
    const claimed = await told(() => claimJobs(worker, count, lane));
    for (const { job } of claimed) begun.set(job.id, performance.now());
    announce(claimed.map(({ job }) => job));
    return claimed;
  }

  /** Jobs of this process that ended with their records: nobody need ask the database whether they did. */
  const endedWithRecord = new Set<string>();

  let ends: string[] = [];
  let telling: Promise<void> | undefined;

  /** What ended together is read together. */
  async function tellEnds(): Promise<void> {
    await nextTurn();
    const ids = ends;
    ends = [];
    telling = undefined;
    // Others hear of them with their records.
    for (const job of await told(() => readAll(ids))) changes.tell(job);
  }

  async function changed(id: string): Promise<Job | undefined> {
    const job = await read(id);
    if (job) announce([job]);
    return job;
  }

  interface Change {
    /** Condition under which the job changes, and what changes. */
    readonly where: ReturnType<typeof sql>;
    readonly set: ReturnType<typeof sql>;
    readonly queue: 'stays' | 'leaves' | 'returns';
    /** Looks first whether it is to be changed, in the same transaction. */
    readonly only?: (trx: Transaction<TeamTables>) => Promise<boolean>;
  }

  /** Changes one job, in its row and in the queue. Waits for a database that is away. @returns whether it changed */
  async function change(id: string, { where, set, queue, only }: Change): Promise<boolean> {
    if (!isUuid(id)) return false;
    const did = await persistently(
      () =>
        database.transaction().execute(async (trx) => {
          if (only && !(await only(trx))) return false;
          const rows = await sql<Queued & { suspect: boolean }>`UPDATE jobs SET ${set}, ${CHANGED}
          WHERE tenant = ${tenant} AND ${where} RETURNING id, queue, priority, suspect`.execute(trx);
          if (queue !== 'stays') await dequeue(boss, trx, rows.rows);
          // A suspect is in no queue: claims look for it first.
          if (queue === 'returns')
            await enqueue(
              boss,
              trx,
              rows.rows.filter(({ suspect }) => !suspect),
            );
          return rows.rows.length > 0;
        }),
      patience,
    );
    if (did && queue !== 'stays') begun.delete(id);
    if (did) await changed(id);
    return did;
  }

  const settle = (claim: JobClaim, set: ReturnType<typeof sql>): Promise<boolean> =>
    change(claim.jobId, {
      where: claimHolds(claim),
      set: sql`${set}, worker = NULL, stage = NULL, progress = NULL, ended_at = ${now()}`,
      queue: 'leaves',
    });

  const cancelled = (id: string): Change => ({
    where: sql`id = ${id}::uuid AND state IN ('pending', 'processing')`,
    set: sql`state = 'cancelled', worker = NULL, stage = NULL, progress = NULL, ended_at = ${now()}`,
    queue: 'leaves',
  });

  return {
    async accept(works, request) {
      if (works.length === 0) throw new TypeError('nothing to accept');
      const acceptance = await acceptJobs(works, { request }, ACCEPT_MS);
      if (acceptance.outcome === 'accepted') announce(acceptance.jobs);
      return acceptance;
    },
    async acceptWaited(work, waiter) {
      const acceptance = await acceptJobs([work], { waiter }, ACCEPT_MS);
      const [job] = 'jobs' in acceptance ? acceptance.jobs : [];
      if (!job) throw new TouchstoneError('internal', 'no job of one check');
      announce([job]);
      return job;
    },
    async leave(id, waiter) {
      await change(id, { ...cancelled(id), only: (trx) => leaveJob(trx, tenant, { id, waiter }) });
    },
    get: (id) => told(() => read(id)),
    async list({ owner, states = [], before, limit }) {
      const conditions = [
        sql`tenant = ${tenant}`,
        ...(owner === undefined ? [] : [sql`owner = ${owner}`]),
        ...(states.length === 0 ? [] : [sql`state = ANY(${[...states]}::text[])`]),
        ...(before === undefined
          ? []
          : [isUuid(before) ? sql`number < (SELECT number FROM jobs WHERE id = ${before}::uuid)` : sql`false`]),
      ];
      const rows = sql<Readonly<Record<string, unknown>>>`SELECT ${JOB_COLUMNS} FROM jobs
        WHERE ${sql.join(conditions, sql` AND `)} ORDER BY number DESC LIMIT ${limit}`;
      return (await told(() => rows.execute(database))).rows.map(jobOf);
    },
    claim: async (worker) => (await claim(worker, 1))[0],
    claimMany: (worker, count) => claim(worker, count),
    claimAsked: (worker, count) => claim(worker, count, 'asked'),
    async heartbeat(claim, { stage, progress } = {}) {
      const early = performance.now() - (begun.get(claim.jobId) ?? Number.NEGATIVE_INFINITY) < STAGE_AFTER_MS;
      if (progress === undefined && stage !== undefined && early) return true;
      if (stage !== undefined || progress !== undefined) {
        const set = sql`stage = coalesce(${stage ?? null}::text, stage), progress = coalesce(${progress ?? null}::float8, progress)`;
        return change(claim.jobId, { where: claimHolds(claim), set, queue: 'stays' });
      }
      const held = sql`SELECT 1 FROM jobs WHERE tenant = ${tenant} AND ${claimHolds(claim)}`;
      return (await told(() => held.execute(database))).rows.length > 0;
    },
    async complete(claim, record) {
      if (endedWithRecord.delete(claim.jobId)) return true;
      const end = () => database.transaction().execute((trx) => endJobs(trx, [{ claim, record }]));
      const done = await persistently(end, patience);
      begun.delete(claim.jobId);
      if (done.size > 0) await changed(claim.jobId);
      return done.size > 0;
    },
    fail: (claim, error) => settle(claim, sql`state = 'failed', error = ${JSON.stringify(error)}`),
    async release(claim) {
      const set = sql`state = 'pending', attempts = attempts - 1, worker = NULL, stage = NULL, progress = NULL`;
      await change(claim.jobId, { where: claimHolds(claim), set, queue: 'returns' });
    },
    async cancel(id) {
      await change(id, cancelled(id));
      return told(() => read(id));
    },
    async retry(id) {
      await change(id, {
        where: sql`id = ${id}::uuid AND state IN ('failed', 'cancelled')`,
        set: sql`state = 'pending', error = NULL, ended_at = NULL, suspect = false, deaths = 0, waited = false`,
        queue: 'returns',
      });
      return told(() => read(id));
    },
    async recover(worker) {
      const recovery = await told(() => recoverTeamJobs(database, boss, { tenant, worker, now: now() }));
      announce(await readAll([...recovery.again, ...recovery.setAside]));
      return recovery;
    },
    async forgetEnded(before) {
      const gone = sql`DELETE FROM jobs WHERE tenant = ${tenant} AND ended_at < ${before}`;
      const { numAffectedRows } = await told(() => gone.execute(database));
      await told(() => forgetTurns(database, tenant));
      return Number(numAffectedRows ?? 0);
    },
    async counts() {
      const rows = await told(() =>
        sql<{ state: string; lane: string; total: number; bytes: number; oldest: number }>`
          SELECT state, lane, count(*) AS total, sum(bytes)::bigint AS bytes, min(accepted_at) AS oldest FROM jobs
          WHERE tenant = ${tenant} AND state IN ('pending', 'processing') GROUP BY state, lane`.execute(database),
      );
      const waiting = rows.rows.filter(({ state }) => state === 'pending');
      const inLane = (lane: string): number => waiting.find((row) => row.lane === lane)?.total ?? 0;
      return {
        pending: { asked: inLane('asked'), bulk: inLane('bulk') },
        processing: rows.rows.filter(({ state }) => state === 'processing').reduce((sum, { total }) => sum + total, 0),
        bytes: rows.rows.reduce((sum, { bytes }) => sum + bytes, 0),
        oldestPendingAt: waiting.length === 0 ? null : Math.min(...waiting.map(({ oldest }) => oldest)),
      };
    },
    retryAfterSeconds: () => rate.secondsPerPlace(),
    subscribe(listener, signal) {
      if (signal.aborted) return;
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener), { once: true });
    },
    async ended(ids) {
      for (const id of ids) if (begun.delete(id)) endedWithRecord.add(id);
      ends.push(...ids);
      telling ??= tellEnds();
      await telling;
    },
    async close() {
      over.abort();
      await changes.settled();
    },
  };
}
