import { monotonicFactory } from 'ulid';
import type { OpenHistory } from '../../log/create-result-log.ts';
import { transaction } from '../../log/deletions.ts';
import { claimParameters as held } from '../../log/job-claim.ts';
import type { LogStore } from '../../log/log-store.ts';
import { hasEnded, type Job } from '../job.ts';
import type { ClaimedJob, JobLedger } from '../job-ledger.ts';
import { createAcceptance, QUEUE_LIMITS, type QueueLimits } from './accept-jobs.ts';
import { createEndRate } from './end-rate.ts';
import { createFairScheduler } from './fair-scheduler.ts';
import { jobOf } from './job-row.ts';
import { type JobStatements, jobStatements } from './job-statements.ts';
import { recoverJobs } from './recover-jobs.ts';

export interface SqliteLedgerOptions {
  readonly limits?: QueueLimits | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** The ledger in the history's own database: a record and the end of its job are one transaction. */
export function createSqliteLedger({ log, store }: OpenHistory, options: SqliteLedgerOptions = {}): JobLedger {
  const { limits = QUEUE_LIMITS, now = Date.now } = options;
  const listeners = new Set<(job: Job) => void>();
  const nextId = monotonicFactory();
  const scheduler = createFairScheduler();
  const rate = createEndRate(now);
  // A repaired database is another one, with statements of its own.
  const prepared = new WeakMap<object, ReturnType<typeof prepare>>();

  function prepare({ database, durable, jobEnding }: LogStore) {
    let acceptance: ReturnType<typeof createAcceptance> | undefined;
    function accept() {
      acceptance ??= createAcceptance(durable(), limits, nextId);
      return acceptance;
    }
    return { database, accept, jobEnding, statements: jobStatements(database) };
  }

  function use<Result>(work: (parts: ReturnType<typeof prepare>) => Result): Result {
    return store.change((open) => {
      let parts = prepared.get(open.database);
      if (!parts) {
        parts = prepare(open);
        prepared.set(open.database, parts);
      }
      return work(parts);
    });
  }

  const read = (id: string): Job | undefined =>
    use(({ statements }) => {
      const row = statements.byId.get(id);
      return row && jobOf(row);
    });

  function changed(id: string): Job | undefined {
    const job = read(id);
    if (job && hasEnded(job)) rate.ended();
    if (job) for (const listener of listeners) listener(job);
    return job;
  }

  /** Runs a statement on one job. @returns whether it changed the job */
  function change(id: string, work: (statements: JobStatements) => { changes: number | bigint }): boolean {
    const did = use(({ statements }) => Number(work(statements).changes) > 0);
    if (did) changed(id);
    return did;
  }

  log.subscribe((event) => {
    if (event.type === 'record' && event.jobId !== undefined) changed(event.jobId);
  }, new AbortController().signal);

  function claim(worker: string): ClaimedJob | undefined {
    const id = use(({ database, statements }) =>
      transaction(database, () => {
        const inHand = statements.inHand.all(worker);
        // A suspect is alone, so that its worker's death would tell.
        if (inHand.some(({ suspect }) => suspect === 1)) return undefined;
        const suspect = statements.suspect.get()?.id;
        if (suspect !== undefined && inHand.length > 0) return undefined;
        const next = suspect === undefined ? scheduler.next(statements) : String(suspect);
        if (next === undefined) return undefined;
        statements.begin.run({ id: next, worker, now: now() });
        return next;
      }),
    );
    const job = id === undefined ? undefined : changed(id);
    return job && { job, claim: { jobId: job.id, worker, attempt: job.attempts } };
  }

  return {
    async accept(works, request) {
      if (works.length === 0) throw new TypeError('nothing to accept');
      const accepted = use(({ accept }) => accept()(works, request, now()));
      if (accepted.outcome === 'key-reused') return accepted;
      const jobs = accepted.ids.map(accepted.outcome === 'accepted' ? changed : read);
      return { outcome: accepted.outcome, jobs: jobs.filter((job) => job !== undefined) };
    },
    get: async (id) => read(id),
    async list({ owner = null, states = [], before = null, limit }) {
      const given = Object.fromEntries(states.map((state, at) => [`state${at}`, state]));
      return use(({ statements }) =>
        statements
          .list(states.length)
          .all({ owner, before, limit, ...given })
          .map(jobOf),
      );
    },
    claim: async (worker) => claim(worker),
    async claimMany(worker, count) {
      const claimed: ClaimedJob[] = [];
      while (claimed.length < count) {
        const one = claim(worker);
        if (!one) break;
        claimed.push(one);
      }
      return claimed;
    },
    async heartbeat(claim, { stage = null, progress = null } = {}) {
      const told = stage !== null || progress !== null;
      const beat = (statements: JobStatements) => statements.beat.run({ ...held(claim), now: now(), stage, progress });
      if (told) return change(claim.jobId, beat);
      return use(({ statements }) => Number(beat(statements).changes) > 0);
    },
    async complete(claim, record) {
      const done = use(({ jobEnding }) => jobEnding.complete(claim, record, now()));
      if (done) changed(claim.jobId);
      return done;
    },
    fail: async (claim, error) =>
      change(claim.jobId, (statements) =>
        statements.fail.run({ ...held(claim), error: JSON.stringify(error), now: now() }),
      ),
    async release(claim) {
      change(claim.jobId, (statements) => statements.release.run(held(claim)));
    },
    async cancel(id) {
      change(id, (statements) => statements.cancel.run({ id, now: now() }));
      return read(id);
    },
    async retry(id) {
      change(id, (statements) => statements.retry.run({ id }));
      return read(id);
    },
    async recover(worker) {
      const recovery = use(({ database, statements }) =>
        transaction(database, () => recoverJobs(statements, worker, now())),
      );
      for (const id of [...recovery.again, ...recovery.setAside]) changed(id);
      return recovery;
    },
    forgetEnded: async (before) => use(({ statements }) => Number(statements.forget.run(before).changes)),
    async counts() {
      return use(({ statements }) => {
        const waiting = (lane: string): number => Number(statements.waiting.get(lane)?.total ?? 0);
        const pending = { asked: waiting('asked'), bulk: waiting('bulk') };
        const unfinished = statements.unfinished.get();
        const at = statements.oldest.get()?.at;
        return {
          pending,
          processing: Number(unfinished?.total ?? 0) - pending.asked - pending.bulk,
          bytes: Number(unfinished?.bytes ?? 0),
          oldestPendingAt: typeof at === 'number' ? at : null,
        };
      });
    },
    retryAfterSeconds: () => rate.secondsPerPlace(),
    subscribe(listener, signal) {
      if (signal.aborted) return;
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener), { once: true });
    },
  };
}
