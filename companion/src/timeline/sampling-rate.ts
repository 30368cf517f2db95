import { logitOf } from '@touchstone/models';
import { generatedAbove, type Thresholds, type TimelineFindings } from './findings.ts';

/** Frames a second. */
export const RATES = { least: 0.5, calm: 1, usual: 2, most: 4 } as const;

/** Log-odds from a threshold within which more frames are worth their work. */
const NEAR = 1;
/** Log-odds from every threshold beyond which fewer frames do. */
const FAR = 2.5;

/** How many frames a second help the verdict most: many at the start and near a threshold, few when it is clear. */
export function usefulRate(
  { logit, enough, part, shots }: TimelineFindings,
  thresholds: Thresholds,
  settled: boolean,
): number {
  if (settled) return RATES.least;
  if (!enough) return RATES.most;
  const [high, low] = [logitOf(thresholds.fakeAbove), logitOf(thresholds.realBelow)];
  const distance = Math.min(Math.abs(logit - high), Math.abs(logit - low));
  const line = generatedAbove(thresholds);
  const doubtful = part !== undefined && Math.max(logit, part.logit - Math.log(shots)) <= line;
  if (distance < NEAR || doubtful) return RATES.most;
  return distance > FAR ? RATES.calm : RATES.usual;
}
