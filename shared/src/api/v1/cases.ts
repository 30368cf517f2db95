import * as v from 'valibot';
import { Case, CaseChange, MAX_CASE_RECORDS, NewCase } from '../../cases.ts';
import { FiniteNumber } from '../../finite-number.ts';
import { HistoryFilter } from '../../history.ts';
import { LANGUAGES } from '../../words/languages.ts';
import { GivenId } from '../given-id.ts';
import { type Access, json, jsonBody, NOTHING, type RouteGroup } from '../route.ts';
import { FOUND_ERRORS, LOG_ERRORS, WORK_ERRORS } from '../route-errors.ts';

export const CaseParams = v.object({ id: GivenId });

export const CaseRecordParams = v.object({ id: GivenId, record: GivenId });

/** Those changed last come first. */
export const CaseList = v.object({ cases: v.array(Case) });

const GivenRecords = v.pipe(v.array(GivenId), v.minLength(1), v.maxLength(MAX_CASE_RECORDS));

/** Either the ids, or what matches the filter: of every content its newest record, as the history shows it. */
export const CaseRecordsRequest = v.union([
  v.strictObject({ ids: GivenRecords }),
  v.strictObject({ filter: HistoryFilter }),
]);
export type CaseRecordsRequest = v.InferOutput<typeof CaseRecordsRequest>;

/** Either the ids, or what matches the filter, of which only what is of the same content as one of `sameAs` where that is given. */
export const CaseTakeRequest = v.union([
  v.strictObject({ ids: GivenRecords }),
  v.strictObject({ filter: HistoryFilter, sameAs: v.optional(GivenRecords) }),
]);
export type CaseTakeRequest = v.InferOutput<typeof CaseTakeRequest>;

/** How many of the records were in the case. */
export const CaseTakeAnswer = v.object({ taken: FiniteNumber, case: Case });

/** How many of the records were not in the case yet. Ids that name none count for nothing. */
export const CaseRecordsAnswer = v.object({ added: FiniteNumber, case: Case });

export const CaseReportQuery = v.object({
  /** 1: to be saved, not shown. */
  download: v.optional(v.picklist(['0', '1']), '0'),
  /** Of the reader; by Accept-Language without it. */
  language: v.optional(v.picklist(LANGUAGES)),
});

const FULL_ERRORS = ['case-full', ...LOG_ERRORS] as const;

/** Who may look at cases, change them and delete them. */
interface CaseAccess {
  readonly read: Access;
  readonly change: Access;
  readonly delete: Access;
}

/** Cases, below one address and for one kind of caller. @__NO_SIDE_EFFECTS__ */
const caseRoutes = <const Who extends CaseAccess>(base: '/v1' | '/api', access: Who) =>
  ({
    list: {
      method: 'GET',
      path: `${base}/cases`,
      access: access.read,
      summary: 'The cases there are: named folders of records. Those changed last come first.',
      answer: json(CaseList),
      errors: LOG_ERRORS,
    },
    create: {
      method: 'POST',
      path: `${base}/cases`,
      access: access.change,
      summary: 'Makes a case.',
      body: jsonBody(NewCase),
      answer: json(Case),
      errors: FULL_ERRORS,
    },
    get: {
      method: 'GET',
      path: `${base}/cases/:id`,
      access: access.read,
      summary: 'One case. What is in it tells the list of records, by its filter `case`.',
      params: CaseParams,
      answer: json(Case),
      errors: FOUND_ERRORS,
    },
    change: {
      method: 'PATCH',
      path: `${base}/cases/:id`,
      access: access.change,
      summary: 'Changes name, note or tags of a case: what is named, the rest stays.',
      params: CaseParams,
      body: jsonBody(CaseChange),
      answer: json(Case),
      errors: FOUND_ERRORS,
    },
    delete: {
      method: 'DELETE',
      path: `${base}/cases/:id`,
      access: access.delete,
      summary: 'Deletes a case with its note and tags. Its records stay.',
      params: CaseParams,
      answer: NOTHING,
      errors: FOUND_ERRORS,
    },
    add: {
      method: 'POST',
      path: `${base}/cases/:id/records`,
      access: access.change,
      summary: 'Puts records into a case, by their ids or by a filter. A record may be in several.',
      params: CaseParams,
      body: jsonBody(CaseRecordsRequest),
      answer: json(CaseRecordsAnswer),
      errors: ['case-full', ...FOUND_ERRORS],
    },
    take: {
      method: 'DELETE',
      path: `${base}/cases/:id/records/:record`,
      access: access.change,
      summary: 'Takes a record out of a case. The record stays.',
      params: CaseRecordParams,
      answer: NOTHING,
      errors: FOUND_ERRORS,
    },
    takeAll: {
      method: 'POST',
      path: `${base}/cases/:id/take`,
      access: access.change,
      summary: 'Takes records out of a case, by their ids or by a filter. They stay.',
      params: CaseParams,
      body: jsonBody(CaseTakeRequest),
      answer: json(CaseTakeAnswer),
      errors: FOUND_ERRORS,
    },
    report: {
      method: 'GET',
      path: `${base}/cases/:id/report`,
      access: access.read,
      summary:
        'One report of a case: its note, and every result with picture, step, date and packs, as one file that stands alone.',
      params: CaseParams,
      query: CaseReportQuery,
      answer: { kind: 'text', types: ['text/html'] },
      errors: [...FOUND_ERRORS, ...WORK_ERRORS],
    },
  }) as const satisfies RouteGroup;

/** For programs: changed by whoever may say what a picture is, deleted by whoever may delete records. */
export const v1Cases = caseRoutes('/v1', { read: 'read', change: 'train', delete: 'admin' });

/** For the history page. */
export const cases = caseRoutes('/api', { read: 'either', change: 'either', delete: 'either' });
