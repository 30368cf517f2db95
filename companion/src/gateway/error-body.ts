import type { ErrorReport } from '@touchstone/shared';
import { PROBLEM_TYPE, problemOf } from '@touchstone/shared/api';

const JSON_TYPE = 'application/json; charset=utf-8';

/** HTTP status of every refusal of a caller who may not ask. */
const UNAUTHORIZED = 401;

/** How an error leaves: its media type and its body. */
export interface ErrorBody {
  readonly type: string;
  readonly body: string;
}

/** Addresses whose errors are problems of RFC 9457; all others keep the report that pages and the command line read. */
export const speaksProblems = (path: string): boolean => path === '/v1' || path.startsWith('/v1/');

/**
 * @param target of the request, query and all
 * @param detail what was wrong with this very request; only what its sender may read
 */
export function errorBody(report: ErrorReport, status: number, target: string | undefined, detail?: string): ErrorBody {
  const [path = ''] = (target ?? '').split('?', 1);
  if (!speaksProblems(path)) return { type: JSON_TYPE, body: JSON.stringify(report) };
  // Who may not ask hears the same of every address.
  const about = { ...(detail === undefined ? {} : { detail }), ...(status === UNAUTHORIZED ? {} : { instance: path }) };
  return { type: PROBLEM_TYPE, body: JSON.stringify(problemOf(report, status, about)) };
}
