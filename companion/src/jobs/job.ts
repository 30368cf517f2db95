import { CaptureSource, CompanionSettings, type ErrorReport, FiniteNumber } from '@touchstone/shared';
import * as v from 'valibot';
import { TRACE_PARENT } from '../observe/trace-parent.ts';
import { LOCAL_OWNER } from '../records/owner.ts';

/** Lanes whose work is kept. A frame of a playing video is worth nothing a second later and never becomes a job. */
export const JOB_LANES = ['asked', 'bulk'] as const;
export type JobLane = (typeof JOB_LANES)[number];

export const JOB_STATES = ['pending', 'processing', 'completed', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** Lower-case hex SHA-256, under which the bytes lie in the content store. */
const ContentHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** A name of an owner or a client; long enough for a hashed token. */
const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(128));

/** A check described as data, so that it outlives the process that accepted it and can be carried to another. */
export const JobWork = v.object({
  kind: v.picklist(['picture', 'video']),
  content: ContentHash,
  /** Length of the content. */
  bytes: v.pipe(FiniteNumber, v.integer(), v.minValue(1)),
  lane: v.picklist(JOB_LANES),
  source: CaptureSource,
  /** Pack by `name` or `name@version` instead of the tiers' choice. */
  pack: v.optional(v.string()),
  /** The tiers' packs when the work was accepted, with their versions: it is done with them while they are installed. */
  settings: v.pick(CompanionSettings, ['quickPack', 'thoroughPack']),
  /** Judge anew even if the same content is in the history. */
  fresh: v.optional(v.boolean(), false),
  /** Id of the record that this check repeats. */
  recheckOf: v.optional(v.string()),
  owner: v.optional(Name, LOCAL_OWNER),
  /** Who sends it: clients of one lane take turns. */
  client: Name,
  /** W3C `traceparent` of the request that brought it, where requests are traced. */
  trace: v.optional(v.pipe(v.string(), v.regex(TRACE_PARENT))),
});
export type JobWork = v.InferOutput<typeof JobWork>;

export interface Job {
  /** A ULID; a team's is a UUID made of what is asked. */
  readonly id: string;
  readonly state: JobState;
  readonly work: JobWork;
  /** How often a worker began with it. */
  readonly attempts: number;
  /** What the worker said last; only while it is processing. */
  readonly stage: string | null;
  /** Share that is done, 0..1, where the worker can tell. */
  readonly progress: number | null;
  /** The record that answers it; only when completed. */
  readonly recordId: string | null;
  /** Why it failed. */
  readonly error: ErrorReport | null;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

/** Whether nothing more will become of it. */
export function hasEnded({ state }: Pick<Job, 'state'>): boolean {
  return state !== 'pending' && state !== 'processing';
}
