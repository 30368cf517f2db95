import * as v from 'valibot';
import { DatasetFault } from './dataset-fault.ts';
import { ERROR_CODES, ERROR_KINDS, type ErrorCode } from './errors.ts';
import { isKnownCode, type OpenCode, openCode } from './open-code.ts';

/** An error as it crosses the wire, the terminal's JSON and the HTTP API. */
export const ErrorReport = v.object({
  code: openCode(ERROR_CODES),
  message: v.string(),
  retryable: v.boolean(),
  nextStep: v.string(),
  /** What of the given pictures is wrong, where that is told. */
  fault: v.optional(DatasetFault),
});
export type ErrorReport = v.InferOutput<typeof ErrorReport>;

/** Error with a stable code. `detail` is for logs and is never shown to a page. */
export class TouchstoneError extends Error {
  override readonly name = 'TouchstoneError';
  readonly code: OpenCode<ErrorCode>;
  readonly detail: string | undefined;
  readonly retryable: boolean;
  /** What to do next. Its own where it can name what its code cannot, such as what there is to choose from. */
  readonly nextStep: string;
  /** What of the given pictures is wrong: may be shown to whoever gave them. */
  readonly fault: DatasetFault | undefined;

  constructor(
    code: ErrorCode,
    detail?: string,
    options?: ErrorOptions & {
      readonly nextStep?: string;
      readonly report?: ErrorReport;
      readonly fault?: DatasetFault | undefined;
    },
  ) {
    const report = options?.report ?? errorReport(code);
    super(report.message, options);
    this.code = report.code;
    this.retryable = report.retryable;
    this.nextStep = options?.nextStep ?? report.nextStep;
    this.fault = options?.fault;
    this.detail = detail;
  }

  /**
   * The error that the other side reported, with its next step. A code that only a newer Touchstone knows keeps all the
   * words that came with it: call this with what a proven side said, and nobody else.
   */
  static fromReport(report: ErrorReport): TouchstoneError {
    if (!isKnownCode(ERROR_CODES, report.code)) return new TouchstoneError('internal', undefined, { report });
    return new TouchstoneError(report.code, undefined, { nextStep: report.nextStep, fault: report.fault });
  }

  toReport(): ErrorReport {
    const { code, message, retryable, nextStep, fault } = this;
    return { code, message, retryable, nextStep, ...(fault && { fault }) };
  }
}

/** The report for a code, with the English texts. Other languages translate by code. */
export function errorReport(code: ErrorCode): ErrorReport {
  return { code, ...ERROR_KINDS[code] };
}

/** The system's words for a disk, or a person's share of it, on which nothing fits any more. */
const NO_SPACE: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Whether the system refused to write because there is no space left. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NO_SPACE.includes(error.code);
}

/** Turns anything thrown into a report; what is not ours becomes `internal` and keeps its text for the log only. */
export function toErrorReport(error: unknown): ErrorReport {
  return error instanceof TouchstoneError
    ? error.toReport()
    : errorReport(isDiskFull(error) ? 'disk-full' : 'internal');
}
