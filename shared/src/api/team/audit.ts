import * as v from 'valibot';
import { FiniteNumber } from '../../finite-number.ts';
import { GivenId } from '../given-id.ts';
import { JSON_LINES_TYPE, json, type RouteGroup } from '../route.ts';

/** What an audit log tells of that is done by no single route, or about people: each the word that is written down. */
export const DEED_WORDS = [
  'signed-in',
  'signed-out',
  'session-ended',
  'invited',
  'invitation-withdrawn',
  'joined',
  'found-the-way-in',
  'name-changed',
  'role-changed',
  'kept-out',
  'let-in-again',
  'passkey-added',
  'passkey-removed',
  'token-made',
  'token-revoked',
  'browser-let-in',
  'browser-revoked',
  'case-shared',
  'case-unshared',
  'records-shared',
  'records-unshared',
  'settings-changed',
] as const;
export type DeedWord = (typeof DEED_WORDS)[number];

/** What is written down as the method and path of a route, because the route itself is the deed. */
export const ROUTE_DEEDS = [
  'records-deleted',
  'deletion-undone',
  'records-exported',
  'report-made',
  'case-deleted',
  'audit-exported',
] as const;
export type RouteDeed = (typeof ROUTE_DEEDS)[number];

/** Everything that an audit log can be asked for. */
export const DEEDS = [...DEED_WORDS, ...ROUTE_DEEDS] as const;
export type Deed = (typeof DEEDS)[number];

/** Stands for those who are nobody in the team: the command line. */
export const NOBODY = 'nobody';

/** Milliseconds since 1970, as text. */
const Moment = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number));

const AuditChoice = v.object({
  /** Id of who did it, or `nobody`. */
  person: v.optional(GivenId),
  deed: v.optional(v.picklist(DEEDS)),
  /** Not before. */
  from: v.optional(Moment),
  /** Before. */
  to: v.optional(Moment),
});
/** Which entries are wanted. */
export type AuditChoice = v.InferOutput<typeof AuditChoice>;

/** Entries of one answer. */
const MAX_AUDIT_ENTRIES = 500;
export const AuditQuery = v.object({
  ...AuditChoice.entries,
  /** Number of the entry below which to go on. */
  before: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))),
  limit: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(MAX_AUDIT_ENTRIES)),
    '100',
  ),
});

export const AUDIT_FORMATS = ['csv', 'jsonl'] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];
export const AuditExportQuery = v.object({ ...AuditChoice.entries, format: v.picklist(AUDIT_FORMATS) });

export const AuditEntry = v.object({
  number: FiniteNumber,
  at: FiniteNumber,
  /** Id of who did it; null: nobody who is known, or the command line. */
  person: v.nullable(v.string()),
  /** As it is written down: a word such as `signed-in`, or the method and path of a route. */
  action: v.string(),
  /** One of `DEEDS`; the action itself where it is none of them. */
  deed: v.string(),
  /** Id of what it was done to; empty where there is none. */
  target: v.string(),
  detail: v.string(),
});
export type AuditEntry = v.InferOutput<typeof AuditEntry>;
export const AuditPage = v.object({ entries: v.array(AuditEntry), next: v.nullable(FiniteNumber) });
export type AuditPage = v.InferOutput<typeof AuditPage>;

export const audit = {
  list: {
    method: 'GET',
    path: '/api/audit',
    access: 'either',
    summary: 'Who did what, newest first.',
    query: AuditQuery,
    answer: json(AuditPage),
    errors: [],
  },
  export: {
    method: 'GET',
    path: '/api/audit/export',
    access: 'either',
    summary: 'Who did what as a file, newest first: all that is chosen, up to the moment of asking.',
    query: AuditExportQuery,
    answer: { kind: 'text', types: ['text/csv', JSON_LINES_TYPE] },
    errors: [],
  },
} as const satisfies RouteGroup;
