import type { Timeline } from '../timeline.ts';
import type { VerdictValue } from '../verdict.ts';

/** Which side a score speaks for, in the words of verdicts. */
export type Standing = VerdictValue;

/** Where a pooled score stands against the pack's thresholds; the halves stand in where they are not known. */
export function standingOf(probability: number, thresholds: Timeline['thresholds']): Standing {
  const { fakeAbove = 0.5, realBelow = 0.5 } = thresholds ?? {};
  if (probability > fakeAbove) return 'fake';
  return probability < realBelow ? 'real' : 'uncertain';
}
