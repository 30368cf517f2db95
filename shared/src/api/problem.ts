import * as v from 'valibot';
import { DatasetFault } from '../dataset-fault.ts';
import type { ErrorReport } from '../error-report.ts';
import { ERROR_CODES } from '../errors.ts';
import { FiniteNumber } from '../finite-number.ts';
import { openCode } from '../open-code.ts';

/** Media type of a problem (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json';

/** Where each code is explained: the part of the API's page that has its name. */
const PROBLEM_PAGE = '/v1/docs';

/** An error of /v1, as RFC 9457 has it, with the stable code and what every error of Touchstone says. */
export const Problem = v.object({
  type: v.string(),
  title: v.string(),
  status: FiniteNumber,
  /** What was wrong with this request, where that can be told. */
  detail: v.optional(v.string()),
  /** Path of the request. */
  instance: v.optional(v.string()),
  code: openCode(ERROR_CODES),
  /** Whether the same request may succeed later. */
  retryable: v.boolean(),
  /** What to do next. */
  nextStep: v.string(),
  /** What of the given pictures is wrong: which line, which file. */
  fault: v.optional(DatasetFault),
});
export type Problem = v.InferOutput<typeof Problem>;

/** The problem that a report is. */
export function problemOf(
  { code, message, retryable, nextStep, fault }: ErrorReport,
  status: number,
  about: Pick<Problem, 'detail' | 'instance'> = {},
): Problem {
  const said = { code, retryable, nextStep, ...(fault && { fault }) };
  return { type: `${PROBLEM_PAGE}#${code}`, title: message, status, ...about, ...said };
}
