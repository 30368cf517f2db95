import * as v from 'valibot';
import { Note, Tags } from '../cases.ts';
import { Explanation, ForensicView } from '../explanation.ts';
import { FiniteNumber } from '../finite-number.ts';
import { Label, ResultRecord } from '../record.ts';
import { LANGUAGES } from '../words/languages.ts';
import { GivenPack } from './checks.ts';
import { GivenId } from './given-id.ts';
import { json, jsonBody, optionalJsonBody, PICTURE, type RouteGroup } from './route.ts';
import { FOUND_ERRORS, MODEL_ERRORS, PICTURE_ERRORS, WORK_ERRORS } from './route-errors.ts';

export const RecordParams = v.object({ id: GivenId });

/** `place` is the number, from 0, of one of the timeline's `peaks`. */
export const PeakParams = v.object({
  ...RecordParams.entries,
  place: v.pipe(v.string(), v.digits(), v.maxLength(2)),
});

export const ViewParams = v.object({ ...RecordParams.entries, view: ForensicView });

const number = (minimum: number, maximum: number) =>
  v.pipe(v.string(), v.transform(Number), FiniteNumber, v.minValue(minimum), v.maxValue(maximum));

/** Where the magnifier stands; the middle, four times enlarged, unless the request says. */
export const ViewQuery = v.object({
  x: v.optional(number(0, 1), '0.5'),
  y: v.optional(number(0, 1), '0.5'),
  zoom: v.optional(number(2, 16), '4'),
});

const flag = v.optional(v.picklist(['0', '1']), '0');

export const ReportQuery = v.object({
  format: v.optional(v.picklist(['html', 'json']), 'html'),
  /** 1: with what could betray the owner of the file. */
  private: flag,
  /** 1: to be saved, not shown. */
  download: flag,
  /** Of the reader; by Accept-Language without it. */
  language: v.optional(v.picklist(LANGUAGES)),
});

export const RecheckRequest = v.object({ pack: v.optional(GivenPack) });

export const LabelRequest = v.object({ label: v.nullable(Label) });
/** A label as it is stored now. */
export const LabelOfRecord = v.object({ id: v.string(), label: v.nullable(Label) });

/** What a person says of a record: what is named is changed, the rest stays. Null and the empty note take it back. */
export const RecordChange = v.pipe(
  v.strictObject({ label: v.optional(v.nullable(Label)), note: v.optional(Note), tags: v.optional(Tags) }),
  v.check((change) => Object.keys(change).length > 0, 'nothing to change'),
);
export type RecordChange = v.InferOutput<typeof RecordChange>;
/** What a person has said of a record, as it is stored now. */
export const ChangedRecord = v.object({
  ...LabelOfRecord.entries,
  note: v.string(),
  tags: v.array(v.string()),
});

const WITH_PICTURE = [...FOUND_ERRORS, 'picture-not-kept', ...PICTURE_ERRORS, ...WORK_ERRORS] as const;

const RECORD = '/api/history/records/:id';

export const records = {
  get: {
    method: 'GET',
    path: RECORD,
    access: 'either',
    summary: 'One record.',
    params: RecordParams,
    answer: json(ResultRecord),
    errors: FOUND_ERRORS,
  },
  thumbnail: {
    method: 'GET',
    path: `${RECORD}/thumbnail`,
    access: 'either',
    summary: 'The small picture of a record.',
    params: RecordParams,
    answer: PICTURE,
    errors: FOUND_ERRORS,
  },
  original: {
    method: 'GET',
    path: `${RECORD}/original`,
    access: 'either',
    summary: 'The bytes that were checked, where they are kept.',
    params: RecordParams,
    answer: PICTURE,
    errors: FOUND_ERRORS,
  },
  peak: {
    method: 'GET',
    path: `${RECORD}/peaks/:place`,
    access: 'either',
    summary: 'The picture of a telling moment of a video, by its number from 0.',
    params: PeakParams,
    answer: PICTURE,
    errors: FOUND_ERRORS,
  },
  view: {
    method: 'GET',
    path: `${RECORD}/views/:view`,
    access: 'either',
    summary:
      'A view of the picture for people who look closer: `ela`, `noise`, `ghosts`, `channels`, `histogram`, `magnifier`.',
    params: ViewParams,
    query: ViewQuery,
    answer: PICTURE,
    errors: WITH_PICTURE,
  },
  report: {
    method: 'GET',
    path: `${RECORD}/report`,
    access: 'either',
    summary: 'The evidence report: all that is known about one check, as one file that stands alone.',
    params: RecordParams,
    query: ReportQuery,
    answer: { kind: 'text', types: ['text/html', 'application/json'] },
    errors: [...FOUND_ERRORS, ...WORK_ERRORS],
  },
  explain: {
    method: 'POST',
    path: `${RECORD}/explain`,
    access: 'either',
    summary: 'Where in the picture the score comes from.',
    params: RecordParams,
    answer: json(Explanation),
    errors: [...WITH_PICTURE, ...MODEL_ERRORS],
  },
  recheck: {
    method: 'POST',
    path: `${RECORD}/recheck`,
    access: 'either',
    summary: 'Checks the kept original again, by another pack where one is named.',
    params: RecordParams,
    body: optionalJsonBody(RecheckRequest),
    answer: json(ResultRecord),
    errors: [...WITH_PICTURE, ...MODEL_ERRORS],
  },
  change: {
    method: 'PATCH',
    path: RECORD,
    access: 'either',
    summary: 'Changes note and tags of a record, and its label as `PUT` of it does.',
    params: RecordParams,
    body: jsonBody(RecordChange),
    answer: json(ChangedRecord),
    errors: FOUND_ERRORS,
  },
  label: {
    method: 'PUT',
    path: `${RECORD}/label`,
    access: 'either',
    summary:
      'Notes what the picture really is, on every record of the same bytes, those to come too; null takes it back.',
    params: RecordParams,
    body: jsonBody(LabelRequest),
    answer: json(LabelOfRecord),
    errors: FOUND_ERRORS,
  },
} as const satisfies RouteGroup;
