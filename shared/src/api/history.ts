import * as v from 'valibot';
import { ChainVerification } from '../chain-verification.ts';
import { FiniteNumber } from '../finite-number.ts';
import { HistoryFacets, HistoryFilter, HistoryPage, HistoryPageRequest } from '../history.ts';
import { ResultRecord } from '../record.ts';
import { CompanionStatus } from '../status.ts';
import { GivenId } from './given-id.ts';
import { LabelOfRecord } from './records.ts';
import { json, jsonBody, optionalJsonBody, type RouteGroup } from './route.ts';
import { LOG_ERRORS } from './route-errors.ts';

/** Ids that one request may name. */
export const MAX_GIVEN_IDS = 1000;

const GivenIds = v.pipe(v.array(GivenId), v.minLength(1), v.maxLength(MAX_GIVEN_IDS));

/**
 * Whether the deletion waits for as long as a person may take it back, with what it is about shown nowhere; else it is carried out before the answer.
 * The whole history never waits.
 */
const Undoable = v.optional(v.boolean(), false);

/** Either the ids, or everything that matches the filter ("all" is the empty filter). */
export const DeleteRequest = v.union([
  v.strictObject({ ids: GivenIds, undoable: Undoable }),
  v.strictObject({ filter: HistoryFilter, undoable: Undoable }),
]);
export type DeleteRequest = v.InferInput<typeof DeleteRequest>;

/** Of `prune`, too. */
export const DeleteAnswer = v.object({
  deleted: FiniteNumber,
  /** Absent where nothing can be taken back. */
  undo: v.optional(
    v.object({
      /** Names the deletion. */
      deletion: v.string(),
      /** Milliseconds since 1970. */
      until: FiniteNumber,
    }),
  ),
});
export type DeleteAnswer = v.InferOutput<typeof DeleteAnswer>;

export const UndoDeleteRequest = v.strictObject({ deletion: GivenId });
export const UndoDeleteAnswer = v.object({ restored: FiniteNumber });

/** Deletions that can still be taken back, oldest first. */
export const WaitingDeletions = v.object({
  deletions: v.array(
    v.object({
      /** Names the deletion. */
      deletion: v.string(),
      /** Milliseconds since 1970. */
      until: FiniteNumber,
      /** Records that come back with it. */
      count: FiniteNumber,
    }),
  ),
});
export type WaitingDeletions = v.InferOutput<typeof WaitingDeletions>;

/** At least one of both. */
export const PruneRequest = v.pipe(
  v.strictObject({
    /** Milliseconds since 1970. */
    olderThan: v.optional(FiniteNumber),
    keepBytes: v.optional(v.pipe(FiniteNumber, v.integer(), v.minValue(0))),
  }),
  v.check(({ olderThan, keepBytes }) => olderThan !== undefined || keepBytes !== undefined, 'nothing to go by'),
);
export type PruneRequest = v.InferInput<typeof PruneRequest>;

/** Records that one export may name. */
export const MAX_EXPORTED_IDS = 10_000;

export const ExportRequest = v.object({
  format: v.picklist(['csv', 'json', 'jsonl']),
  filter: v.optional(HistoryFilter, {}),
  /** These and no others, newest first; the filter is not asked then. What is gone is left out. */
  ids: v.optional(v.pipe(v.array(GivenId), v.minLength(1), v.maxLength(MAX_EXPORTED_IDS))),
});
export type ExportRequest = v.InferInput<typeof ExportRequest>;

/** `head` is a hash that was noted down after an earlier verification: it must still be in the chain. */
export const VerifyRequest = v.object({ head: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-fA-F]{64}$/))) });

/** `ids` with "filter" means: load the list anew. */
export const DeletedEvent = v.object({ ids: v.union([v.array(v.string()), v.literal('filter')]) });

/** Cases, notes or tags were changed: whoever shows them asks again. */
export const CasesEvent = v.object({});
/** A deletion was taken back: load the list anew. */
export const RestoredEvent = v.object({ deletion: v.string() });

/** JSON data of each server-sent event, by event name. */
export const HISTORY_EVENTS = {
  record: ResultRecord,
  deleted: DeletedEvent,
  restored: RestoredEvent,
  label: LabelOfRecord,
  cases: CasesEvent,
  status: CompanionStatus,
} as const;

export const history = {
  query: {
    method: 'POST',
    path: '/api/history/query',
    access: 'either',
    summary: 'A page of the records that match a filter, newest first.',
    body: optionalJsonBody(HistoryPageRequest),
    answer: json(HistoryPage),
    errors: LOG_ERRORS,
  },
  facets: {
    method: 'GET',
    path: '/api/history/facets',
    access: 'either',
    summary: 'The sites, packs and tags in the history.',
    answer: json(HistoryFacets),
    errors: LOG_ERRORS,
  },
  verify: {
    method: 'POST',
    path: '/api/history/verify',
    access: 'either',
    summary: 'Follows the hash chain through the whole history.',
    body: optionalJsonBody(VerifyRequest),
    answer: json(ChainVerification),
    errors: ['cancelled', 'shutting-down', ...LOG_ERRORS],
  },
  delete: {
    method: 'POST',
    path: '/api/history/delete',
    access: 'either',
    summary: 'Deletes records, by their ids or by a filter: at once, unless it is to be undoable.',
    body: jsonBody(DeleteRequest),
    answer: json(DeleteAnswer),
    errors: LOG_ERRORS,
  },
  deletions: {
    method: 'GET',
    path: '/api/history/deletions',
    access: 'either',
    summary: 'The deletions that can still be taken back.',
    answer: json(WaitingDeletions),
    errors: LOG_ERRORS,
  },
  undoDelete: {
    method: 'POST',
    path: '/api/history/undo-delete',
    access: 'either',
    summary: 'Takes a deletion back that is not carried out yet.',
    body: jsonBody(UndoDeleteRequest),
    answer: json(UndoDeleteAnswer),
    errors: ['undo-too-late', ...LOG_ERRORS],
  },
  prune: {
    method: 'POST',
    path: '/api/history/prune',
    access: 'control',
    summary: 'Deletes what is older than a time, then the oldest until the rest takes no more than so many bytes.',
    body: jsonBody(PruneRequest),
    answer: json(DeleteAnswer),
    errors: LOG_ERRORS,
  },
  export: {
    method: 'POST',
    path: '/api/history/export',
    access: 'either',
    summary: 'All records that match a filter, or those that are named, streamed.',
    body: jsonBody(ExportRequest),
    answer: { kind: 'text', types: ['text/csv', 'application/json', 'application/x-ndjson'] },
    errors: LOG_ERRORS,
  },
  events: {
    method: 'GET',
    path: '/api/history/events',
    access: 'either',
    summary: 'What changes in the history, as it changes.',
    answer: { kind: 'events', events: HISTORY_EVENTS },
    errors: ['busy', ...LOG_ERRORS],
  },
} as const satisfies RouteGroup;
