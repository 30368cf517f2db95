import * as v from 'valibot';
import { ErrorReport } from '../../error-report.ts';
import { FiniteNumber } from '../../finite-number.ts';
import { MAX_TITLE_LENGTH, MAX_VIDEO_BYTES } from '../../limits.ts';
import { GivenPack } from '../checks.ts';
import { GivenId } from '../given-id.ts';
import { json, type RouteGroup } from '../route.ts';
import { FOUND_ERRORS, LOG_ERRORS, WORK_ERRORS } from '../route-errors.ts';
import { commaList, PAGE_QUERY, queryNumber } from './query.ts';
import { RecordAnswer } from './records.ts';

/** Files of one call. */
export const MAX_FILES_PER_CALL = 64;

/** Packs that one call compares. */
const MAX_PACKS = 2;

/** Longest time that a call waits for its results, in seconds. */
export const MAX_WAIT_SECONDS = 60;

/** Header under which the same call may be sent again (draft-ietf-httpapi-idempotency-key-header-07). */
export const IDEMPOTENCY_HEADER = 'idempotency-key';

const CHECK_STATES = ['pending', 'processing', 'completed', 'failed', 'cancelled'] as const;

/** A check that was accepted, and what became of it. */
export const Check = v.object({
  id: v.string(),
  /** Path of this check. */
  url: v.string(),
  state: v.picklist(CHECK_STATES),
  kind: v.picklist(['picture', 'video']),
  /** Of the bytes, lower-case hex. */
  sha256: v.string(),
  bytes: FiniteNumber,
  fileName: v.nullable(v.string()),
  /** That was asked for; null where the companion chooses. */
  pack: v.nullable(v.string()),
  /** What is being done; only while it is processed. */
  stage: v.nullable(v.string()),
  /** Share that is done, 0..1, where it can be told. */
  progress: v.nullable(FiniteNumber),
  /** How often it was begun. */
  attempts: FiniteNumber,
  /** Milliseconds since 1970. */
  acceptedAt: FiniteNumber,
  startedAt: v.nullable(FiniteNumber),
  endedAt: v.nullable(FiniteNumber),
  /** Path of the record; only when completed. */
  recordUrl: v.nullable(v.string()),
  record: v.nullable(RecordAnswer),
  /** Why it failed. */
  error: v.nullable(ErrorReport),
});
export type Check = v.InferOutput<typeof Check>;

/** One check a file and pack, in the order in which they were sent. */
export const CheckList = v.object({ checks: v.array(Check) });
export const CheckPage = v.object({ ...CheckList.entries, next: v.nullable(v.string()) });

export const NewCheckQuery = v.strictObject({
  /** Seconds to wait for the results; as `Prefer: wait=`. */
  wait: v.optional(queryNumber(0, MAX_WAIT_SECONDS)),
  /** Judges anew what the history has an answer for. */
  fresh: v.optional(v.picklist(['true', 'false']), 'false'),
  /** Of a raw body; parts of a form have their own. */
  fileName: v.optional(v.pipe(v.string(), v.maxLength(MAX_TITLE_LENGTH))),
  pack: v.optional(GivenPack),
  /** Two packs, to compare them. */
  packs: v.optional(commaList(GivenPack, MAX_PACKS)),
});
export type NewCheckQuery = v.InferOutput<typeof NewCheckQuery>;

export const CheckListQuery = v.strictObject({
  state: v.optional(commaList(v.picklist(CHECK_STATES), CHECK_STATES.length)),
  ...PAGE_QUERY,
});

export const CheckParams = v.object({ id: GivenId });

const CHECK = '/v1/checks/:id';

export const v1Checks = {
  create: {
    method: 'POST',
    path: '/v1/checks',
    access: 'check',
    summary:
      'Accepts pictures and videos, as the raw body or as up to 64 files of a form: 202 once they are safe on the disk, 200 where all results were ready in time.',
    query: NewCheckQuery,
    body: { kind: 'file', maxBytes: MAX_VIDEO_BYTES },
    answer: json(CheckList),
    accepts: true,
    errors: ['empty-file', 'recording-paused', 'request-in-flight', 'key-reused', ...WORK_ERRORS, ...LOG_ERRORS],
  },
  list: {
    method: 'GET',
    path: '/v1/checks',
    access: 'check',
    summary: 'A page of the checks of the last days, newest first.',
    query: CheckListQuery,
    answer: json(CheckPage),
    errors: LOG_ERRORS,
  },
  get: {
    method: 'GET',
    path: CHECK,
    access: 'check',
    summary: 'One check, with its record once it is completed.',
    params: CheckParams,
    answer: json(Check),
    errors: FOUND_ERRORS,
  },
  cancel: {
    method: 'DELETE',
    path: CHECK,
    access: 'check',
    summary: 'Cancels a check; one that has ended stays as it ended.',
    params: CheckParams,
    answer: json(Check),
    errors: FOUND_ERRORS,
  },
  events: {
    method: 'GET',
    path: `${CHECK}/events`,
    access: 'check',
    summary: 'A check each time it changes, until it has ended.',
    params: CheckParams,
    answer: { kind: 'events', events: { check: Check } },
    errors: ['busy', ...FOUND_ERRORS],
  },
} as const satisfies RouteGroup;
