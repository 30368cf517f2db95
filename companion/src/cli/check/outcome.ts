import type { ErrorReport, ResultRecord } from '@touchstone/shared';

/** What came of one file. */
export type Outcome =
  | { readonly file: string; readonly index: number; readonly record: ResultRecord; readonly ms: number }
  | { readonly file: string; readonly index: number; readonly error: ErrorReport };

/** Exit codes of `touchstone check`; a failure outweighs a finding, because something was not looked at. */
export const EXIT = { noneFake: 0, someFake: 1, failed: 2, interrupted: 130, closedPipe: 141 } as const;

/** @returns 0 none fake, 1 some fake, 2 some failed */
export function exitCodeOf(outcomes: readonly Outcome[]): number {
  if (outcomes.some((outcome) => 'error' in outcome)) return EXIT.failed;
  const fake = outcomes.some((outcome) => 'record' in outcome && outcome.record.verdict.value === 'fake');
  return fake ? EXIT.someFake : EXIT.noneFake;
}
