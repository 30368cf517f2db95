import type { DatasetFault } from './dataset-fault.ts';
import type { ErrorReport } from './error-report.ts';
import { ERROR_CODES, ERROR_KINDS, type ErrorCode } from './errors.ts';
import { isKnownCode } from './open-code.ts';
import { ReportedError } from './reported-error.ts';

/** Error with a stable code. `detail` is for logs and is never shown to a page. */
export class TouchstoneError extends ReportedError {
  constructor(
    code: ErrorCode,
    detail?: string,
    options?: ErrorOptions & {
      readonly nextStep?: string;
      readonly report?: ErrorReport;
      readonly fault?: DatasetFault | undefined;
    },
  ) {
    const { nextStep, report = errorReport(code), fault, ...rest } = options ?? {};
    super({ ...report, nextStep: nextStep ?? report.nextStep, fault }, { ...rest, detail });
    this.name = 'TouchstoneError';
  }

  /**
   * The error that the other side reported, with its next step. A code that only a newer Touchstone knows keeps all the
   * words that came with it: call this with what a proven side said, and nobody else.
   */
  static fromReport(report: ErrorReport): TouchstoneError {
    if (!isKnownCode(ERROR_CODES, report.code)) return new TouchstoneError('internal', undefined, { report });
    return new TouchstoneError(report.code, undefined, { nextStep: report.nextStep, fault: report.fault });
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
  return error instanceof ReportedError ? error.toReport() : errorReport(isDiskFull(error) ? 'disk-full' : 'internal');
}
