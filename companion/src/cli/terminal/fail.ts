import { type ErrorReport, TouchstoneError, toErrorReport } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import pc from 'picocolors';

/** Tells a person what went wrong and what to do, on standard error. */
export function reportError(error: unknown): void {
  const report: ErrorReport = toErrorReport(error);
  process.stderr.write(`${pc.red('Error:')} ${report.message}\n`);
  const detail =
    error instanceof TouchstoneError ? error.detail : error instanceof Error ? error.message : String(error);
  if (report.fault) process.stderr.write(`${foreignText(report.fault.text)}\n`);
  else if (detail) process.stderr.write(`${pc.dim(`(${report.code}: ${foreignText(detail)})`)}\n`);
  process.stderr.write(`Next step: ${report.nextStep}\n`);
}
