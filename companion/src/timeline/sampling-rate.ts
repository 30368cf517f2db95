import { logitOf } from '@touchstone/models';
import type { Decision, Thresholds } from './decide.ts';

/** Frames a second. */
export const RATES = { least: 0.5, calm: 1, usual: 2, most: 4 } as const;

/** Log-odds from a threshold within which more frames are worth their work. */
const NEAR = 1;
/** Log-odds from every threshold beyond which fewer frames do. */
const FAR = 2.5;

/** How many frames a second help the verdict most: many at the start and near a threshold, few when it is clear. */
export function usefulRate(
  { value, logit, enough, part }: Decision,
  { fakeAbove, realBelow }: Thresholds,
  settled: boolean,
): number {
  if (settled) return RATES.least;
  if (!enough) return RATES.most;
  const distance = Math.min(Math.abs(logit - logitOf(fakeAbove)), Math.abs(logit - logitOf(realBelow)));
  if (distance < NEAR || (part !== undefined && value === 'uncertain')) return RATES.most;
  return distance > FAR ? RATES.calm : RATES.usual;
}
