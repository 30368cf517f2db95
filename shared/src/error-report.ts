import * as v from 'valibot';
import { DatasetFault } from './dataset-fault.ts';
import type { ErrorCode } from './errors.ts';
import { openCode } from './open-code.ts';

/** An error as it crosses the wire, the terminal's JSON and the HTTP API. */
export const ErrorReport = v.object({
  code: openCode<ErrorCode>(),
  message: v.string(),
  retryable: v.boolean(),
  nextStep: v.string(),
  /** What of the given pictures is wrong, where that is told. */
  fault: v.optional(DatasetFault),
});
export type ErrorReport = v.InferOutput<typeof ErrorReport>;
