import * as v from 'valibot';
import { CAPTURE_KINDS } from '../../capture.ts';
import { MAX_FILTER_TAGS, Tag } from '../../cases.ts';
import { FiniteNumber } from '../../finite-number.ts';
import { MAX_PACK_LENGTH, RECORD_SORTS } from '../../history.ts';
import { STEPS } from '../../present/scale.ts';
import { LABELS, Label, ResultRecord } from '../../record.ts';
import { VERDICT_VALUES } from '../../verdict.ts';
import { GivenId } from '../given-id.ts';
import { ChangedRecord, LabelRequest, RecordChange, RecordParams, ReportQuery } from '../records.ts';
import { json, jsonBody, NOTHING, PICTURE, type RouteGroup } from '../route.ts';
import { FOUND_ERRORS, LOG_ERRORS, WORK_ERRORS } from '../route-errors.ts';
import { commaList, PAGE_QUERY, QueryShare, QueryTime } from './query.ts';

/** Longest site or text of a filter, in characters. */
const MAX_TEXT_LENGTH = 200;

/** What a page, an export and nothing else may be chosen by. Several values as `a,b`. */
export const RecordFilterQuery = v.strictObject({
  verdict: v.optional(commaList(v.picklist(VERDICT_VALUES), VERDICT_VALUES.length)),
  /** Steps of the scale, as every surface shows them. */
  step: v.optional(commaList(v.picklist(STEPS), STEPS.length)),
  kind: v.optional(commaList(v.picklist(CAPTURE_KINDS), CAPTURE_KINDS.length)),
  site: v.optional(v.pipe(v.string(), v.maxLength(MAX_TEXT_LENGTH))),
  /** As `name@version`. */
  pack: v.optional(v.pipe(v.string(), v.maxLength(MAX_PACK_LENGTH))),
  label: v.optional(commaList(v.picklist([...LABELS, 'none']), LABELS.length + 1)),
  /** Id of a case: what is in it. */
  case: v.optional(GivenId),
  /** One of those named is enough. */
  tag: v.optional(commaList(Tag, MAX_FILTER_TAGS)),
  /** Inclusive. */
  from: v.optional(QueryTime),
  /** Exclusive. */
  to: v.optional(QueryTime),
  /** Calibrated probability that it is AI, 0..1, both inclusive. */
  minProbability: v.optional(QueryShare),
  maxProbability: v.optional(QueryShare),
  /** Words of address, title or file name, from their beginning. */
  text: v.optional(v.pipe(v.string(), v.maxLength(MAX_TEXT_LENGTH))),
});
export type RecordFilterQuery = v.InferOutput<typeof RecordFilterQuery>;

/** A record as programs get it: with the step of the scale that every surface shows, and without what could betray the owner of a file. */
export const RecordAnswer = v.object({ ...ResultRecord.entries, step: v.picklist(STEPS) });
export type RecordAnswer = v.InferOutput<typeof RecordAnswer>;

export const RecordListQuery = v.strictObject({
  ...RecordFilterQuery.entries,
  ...PAGE_QUERY,
  /** By time or by probability, descending with a minus; ties by time in the same direction. */
  sort: v.optional(v.picklist(RECORD_SORTS), '-time'),
  /** Names of the fields of a record that are wanted; the id always comes. */
  fields: v.optional(commaList(v.keyof(RecordAnswer), Object.keys(RecordAnswer.entries).length)),
});

export const RecordExportQuery = v.strictObject({
  ...RecordFilterQuery.entries,
  format: v.picklist(['csv', 'jsonl']),
});

/** Records in the order that was asked for, without what could betray the owner of a file. */
export const RecordPage = v.object({
  records: v.array(v.object({ ...v.partial(RecordAnswer).entries, id: v.string() })),
  /** Cursor of the next page; null at the end. */
  next: v.nullable(v.string()),
  /** Records that match, counted up to 10,001. */
  total: FiniteNumber,
});

export const ContentParams = v.object({ sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) });

/** The label of every record of a content. */
export const LabelOfContent = v.object({
  sha256: v.string(),
  label: v.nullable(Label),
  /** Ids of the records. */
  records: v.array(v.string()),
});

const RECORD = '/v1/records/:id';

export const v1Records = {
  list: {
    method: 'GET',
    path: '/v1/records',
    access: 'read',
    summary: 'A page of the records that match, newest first unless `sort` says otherwise; `Link` names the next one.',
    query: RecordListQuery,
    answer: json(RecordPage),
    errors: LOG_ERRORS,
  },
  export: {
    method: 'GET',
    path: '/v1/records/export',
    access: 'read',
    summary: 'All records that match, streamed as CSV or as JSON Lines.',
    query: RecordExportQuery,
    answer: { kind: 'text', types: ['text/csv', 'application/x-ndjson'] },
    errors: LOG_ERRORS,
  },
  get: {
    method: 'GET',
    path: RECORD,
    access: 'read',
    summary: 'One record: the whole result of a check.',
    params: RecordParams,
    answer: json(RecordAnswer),
    errors: FOUND_ERRORS,
  },
  change: {
    method: 'PATCH',
    path: RECORD,
    access: 'train',
    summary:
      'Changes note and tags of a record, and its label: what the picture really is, on every record of the same bytes, those to come too; null takes it back.',
    params: RecordParams,
    body: jsonBody(RecordChange),
    answer: json(ChangedRecord),
    errors: FOUND_ERRORS,
  },
  delete: {
    method: 'DELETE',
    path: RECORD,
    access: 'admin',
    summary: 'Deletes a record with its pictures.',
    params: RecordParams,
    answer: NOTHING,
    errors: FOUND_ERRORS,
  },
  thumbnail: {
    method: 'GET',
    path: `${RECORD}/thumbnail`,
    access: 'read',
    summary: 'The small picture of a record.',
    params: RecordParams,
    answer: PICTURE,
    errors: FOUND_ERRORS,
  },
  original: {
    method: 'GET',
    path: `${RECORD}/original`,
    access: 'read',
    summary: 'The bytes that were checked, where they are kept.',
    params: RecordParams,
    answer: PICTURE,
    errors: FOUND_ERRORS,
  },
  report: {
    method: 'GET',
    path: `${RECORD}/report`,
    access: 'read',
    summary: 'The evidence report: all that is known about one check, as one file that stands alone.',
    params: RecordParams,
    query: ReportQuery,
    answer: { kind: 'text', types: ['text/html', 'application/json'] },
    errors: [...FOUND_ERRORS, ...WORK_ERRORS],
  },
  labelContent: {
    method: 'PUT',
    path: '/v1/labels/:sha256',
    access: 'train',
    summary:
      'Notes what a content really is, on every record of the same bytes, those to come too; null takes it back.',
    params: ContentParams,
    body: jsonBody(LabelRequest),
    answer: json(LabelOfContent),
    errors: FOUND_ERRORS,
  },
} as const satisfies RouteGroup;
