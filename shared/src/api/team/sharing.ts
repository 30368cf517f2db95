import * as v from 'valibot';
import { CaseRight } from '../../cases.ts';
import { json, jsonBody, type RouteGroup } from '../route.ts';
import { FOUND_ERRORS, LOG_ERRORS } from '../route-errors.ts';
import { CaseParams } from '../v1/cases.ts';

/** People that one case names; whoever shares it with more shares it with everybody. */
export const MAX_CASE_PEOPLE = 200;

/** Longest id of a person, in characters. */
const MAX_PERSON_ID_LENGTH = 64;

const SharedWith = v.object({ id: v.string(), name: v.string(), right: CaseRight });

/** With whom a case is shared; what somebody may do is the most of what both give. */
export const CaseSharing = v.object({
  /** What everybody in the team may do; null: nothing. */
  everybody: v.nullable(CaseRight),
  people: v.array(SharedWith),
});
export type CaseSharing = v.InferOutput<typeof CaseSharing>;

export const CaseSharingChange = v.strictObject({
  everybody: v.nullable(CaseRight),
  people: v.pipe(
    v.array(v.strictObject({ id: v.pipe(v.string(), v.maxLength(MAX_PERSON_ID_LENGTH)), right: CaseRight })),
    v.maxLength(MAX_CASE_PEOPLE),
    v.check((people) => new Set(people.map(({ id }) => id)).size === people.length, 'somebody twice'),
  ),
});
export type CaseSharingChange = v.InferOutput<typeof CaseSharingChange>;

/** Everybody else in the team who may sign in, by name. */
export const Colleagues = v.object({ people: v.array(v.object({ id: v.string(), name: v.string() })) });

export const sharing = {
  get: {
    method: 'GET',
    path: '/api/cases/:id/sharing',
    access: 'either',
    summary: 'With whom a case is shared. Its owner alone may ask.',
    params: CaseParams,
    answer: json(CaseSharing),
    errors: ['not-yours', ...FOUND_ERRORS],
  },
  change: {
    method: 'PUT',
    path: '/api/cases/:id/sharing',
    access: 'either',
    summary:
      'Shares a case with these and nobody else. Records of those who no longer see it leave it. Its owner alone may ask.',
    params: CaseParams,
    body: jsonBody(CaseSharingChange),
    answer: json(CaseSharing),
    errors: ['not-yours', ...FOUND_ERRORS],
  },
  colleagues: {
    method: 'GET',
    path: '/api/colleagues',
    access: 'either',
    summary: 'The people with whom whoever asks can share a case.',
    answer: json(Colleagues),
    errors: LOG_ERRORS,
  },
} as const satisfies RouteGroup;
