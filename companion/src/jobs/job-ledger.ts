import type { ErrorReport } from '@touchstone/shared';
import type { JobClaim } from '../store/job-claim.ts';
import type { Job, JobLane, JobState, JobWork } from './job.ts';

export interface ClaimedJob {
  readonly job: Job;
  readonly claim: JobClaim;
}

/** The key of an Idempotency-Key header, and what it was sent with. */
export interface IdempotentRequest {
  readonly key: string;
  /** Hash of everything that makes the request what it is, lower-case hex. */
  readonly fingerprint: string;
}

export type Acceptance =
  /** Written down and synced to the disk: the jobs will end, whatever happens to this process or the power. */
  | { readonly outcome: 'accepted'; readonly jobs: readonly Job[] }
  /** The same key came with the same request within IDEMPOTENCY_MS: these are the jobs of the first time. */
  | { readonly outcome: 'replayed'; readonly jobs: readonly Job[] }
  /** The key was used for another request. */
  | { readonly outcome: 'key-reused' };

/** What a worker says while it works. */
export interface JobProgress {
  readonly stage?: string | undefined;
  /** 0..1 */
  readonly progress?: number | undefined;
}

export interface JobCounts {
  readonly pending: Readonly<Record<JobLane, number>>;
  readonly processing: number;
  /** Bytes of content that unfinished jobs need. */
  readonly bytes: number;
  /** When the oldest job that waits was accepted, milliseconds since 1970; null when none waits. */
  readonly oldestPendingAt: number | null;
}

export interface JobQuery {
  readonly owner?: string | undefined;
  readonly states?: readonly JobState[] | undefined;
  /** Id of the last job of the page before. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** What becomes of the jobs of a worker that died. */
export interface Recovery {
  /** Ids that wait again. */
  readonly again: readonly string[];
  /** Ids that were set aside, because they were alone in the hands of a worker that died, MAX_DEATHS times. */
  readonly setAside: readonly string[];
}

/** How long the answer to an Idempotency-Key is kept, in milliseconds (24 hours). */
export const IDEMPOTENCY_MS = 24 * 60 * 60_000;

/** Workers that may die with a job alone in their hands before it is set aside. */
export const MAX_DEATHS = 2;

/**
 * Checks that were accepted and what became of them. A job that was accepted ends exactly once: completed with its record,
 * failed with its reason, or cancelled.
 */
export interface JobLedger {
  /**
   * Takes all of them or none. Their content must be in the content store, held until this returns.
   * @throws TouchstoneError `busy` when the queue or its disk space is full (`retryAfterSeconds` says when to ask again),
   *   `disk-full`, `log-failed`; never called for private captures or while recording is paused
   */
  accept(works: readonly JobWork[], request?: IdempotentRequest): Promise<Acceptance>;
  get(id: string): Promise<Job | undefined>;
  /** Newest first. */
  list(query: JobQuery): Promise<readonly Job[]>;
  /**
   * The job whose turn it is: asked before bulk, but bulk first once in BULK_TURN; clients of a lane in turns. A job that was in
   * the hands of a worker that died comes first and is given out alone.
   */
  claim(worker: string): Promise<ClaimedJob | undefined>;
  /** The same for at most so many at once, in one go where the engine can. */
  claimMany(worker: string, count: number): Promise<readonly ClaimedJob[]>;
  /** Says that the work goes on. @returns false when the claim is void: stop */
  heartbeat(claim: JobClaim, progress?: JobProgress): Promise<boolean>;
  /**
   * Ends a job with a record that is there already. A new record ends its job in the transaction that writes it: see
   * `RecordStore.append`.
   * @returns false when the claim is void
   */
  complete(claim: JobClaim, recordId: string): Promise<boolean>;
  /** @returns false when the claim is void */
  fail(claim: JobClaim, error: ErrorReport): Promise<boolean>;
  /** Gives a job back that could not be begun (busy, shutting down, disk full): it waits again, this beginning not counted. */
  release(claim: JobClaim): Promise<void>;
  /** @returns the job as it is now: what has ended stays as it ended; undefined for an unknown id */
  cancel(id: string): Promise<Job | undefined>;
  /** Lets a failed or cancelled job wait again, its deaths forgotten. @returns undefined for an unknown id */
  retry(id: string): Promise<Job | undefined>;
  /** Called when a worker is known to be dead, for all that it had in its hands. */
  recover(worker: string): Promise<Recovery>;
  /** Forgets jobs that ended before a time (milliseconds since 1970). @returns how many */
  forgetEnded(before: number): Promise<number>;
  counts(): Promise<JobCounts>;
  /** Seconds after which a place is likely to be free, by how fast jobs ended lately; at least 1. */
  retryAfterSeconds(): number;
  /** Calls `listener` after each change of a job until `signal` aborts. */
  subscribe(listener: (job: Job) => void, signal: AbortSignal): void;
}
