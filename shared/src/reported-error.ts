import type { ErrorReport } from './error-report.ts';
import { type PageErrorCode, pageErrorReport } from './page-errors.ts';

interface ReportedErrorOptions extends ErrorOptions {
  /** For logs; never shown to a page. */
  readonly detail?: string | undefined;
}

/** An error that is known by its report, such as one that another part has looked up and sent. */
export class ReportedError extends Error {
  readonly code: ErrorReport['code'];
  readonly detail: string | undefined;
  readonly retryable: boolean;
  /** What to do next. Its own where it can name what its code cannot, such as what there is to choose from. */
  readonly nextStep: string;
  /** What of the given pictures is wrong: may be shown to whoever gave them. */
  readonly fault: ErrorReport['fault'];

  constructor(report: ErrorReport, options: ReportedErrorOptions = {}) {
    super(report.message, options);
    this.name = 'ReportedError';
    this.code = report.code;
    this.retryable = report.retryable;
    this.nextStep = report.nextStep;
    this.fault = report.fault;
    this.detail = options.detail;
  }

  toReport(): ErrorReport {
    const { code, message, retryable, nextStep, fault } = this;
    return { code, message, retryable, nextStep, ...(fault && { fault }) };
  }
}

/** An error that a script in a page meets by itself. @param detail for logs; never shown */
export function pageError(code: PageErrorCode, detail?: string): ReportedError {
  return new ReportedError(pageErrorReport(code), { detail });
}
