import * as v from 'valibot';
import { expect, it } from 'vitest';
import { ERROR_CODES } from '../errors.ts';
import { errorReport } from '../touchstone-error.ts';
import { Problem, problemOf } from './problem.ts';

it.each(ERROR_CODES)('%s is a problem with its code, whether to try again, and what to do', (code) => {
  const problem = problemOf(errorReport(code), 418, { instance: '/v1/checks' });
  expect(v.parse(Problem, problem)).toEqual(problem);
  expect(problem).toMatchObject({ type: `/v1/docs#${code}`, status: 418, code, instance: '/v1/checks' });
});
