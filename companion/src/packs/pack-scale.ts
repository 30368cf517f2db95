import { logitOf, type Pack } from '@touchstone/models';

type Thresholds = Pick<Pack['manifest']['thresholds'], 'fakeAbove' | 'realBelow'>;

/**
 * Log-odds of one pack on the scale of another: moved, and between the thresholds stretched, so that its two thresholds
 * lie where the other pack has them. A word that is enough for a verdict there is enough here.
 * @param logit calibrated log-odds by the pack that has `own`
 */
export function onScaleOf(wanted: Thresholds, own: Thresholds, logit: number): number {
  const [low, high] = [logitOf(wanted.realBelow), logitOf(wanted.fakeAbove)];
  const [ownLow, ownHigh] = [logitOf(own.realBelow), logitOf(own.fakeAbove)];
  if (logit >= ownHigh) return high + (logit - ownHigh);
  if (logit <= ownLow) return low + (logit - ownLow);
  return low + ((logit - ownLow) / (ownHigh - ownLow)) * (high - low);
}
