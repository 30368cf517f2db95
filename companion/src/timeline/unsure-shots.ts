import { CONFIRMED, opinionsIn } from './second-opinions.ts';
import type { SeenShot } from './shots.ts';

/** A shot that a second opinion would help. */
export interface UnsureShot {
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  /** Second opinions it has. */
  readonly opinions: number;
}

/** Log-odds below the line for "generated" from which a shot is worth confirming. */
const NEAR = 1.5;

/**
 * First what looks generated and is not confirmed; then shots nobody looked at twice, the longest and the most generated
 * looking in turns; a video of few shots until it has three opinions in all.
 * @param fakeAt log-odds above which a shot looks generated
 */
export function unsureShots(shots: readonly SeenShot[], fakeAt: number): UnsureShot[] {
  const all = shots.map((shot) => ({ shot, opinions: opinionsIn(shot.moments) }));
  const total = all.reduce((sum, { opinions }) => sum + opinions, 0);
  // One opinion alone neither makes a shot generated nor clears one that looked so before.
  const looks = ({ shot }: (typeof all)[number]): number => Math.max(shot.logit, shot.uncorrected);
  const suspects = all.filter((one) => one.opinions > 0 && one.opinions < CONFIRMED && looks(one) > fakeAt - NEAR);
  const unseen = all.filter(({ opinions }) => opinions === 0);
  const byLength = unseen.toSorted((a, b) => b.shot.frames - a.shot.frames);
  const byLooks = unseen.toSorted((a, b) => b.shot.logit - a.shot.logit);
  const inTurns = byLength.flatMap((one, i) => [byLooks[i] ?? one, one]);
  const rest = total < CONFIRMED ? all.toSorted((a, b) => a.opinions - b.opinions) : [];
  const order = [...suspects.toSorted((a, b) => looks(b) - looks(a)), ...inTurns, ...rest];
  return [...new Set(order)].map(({ shot: { start, end }, opinions }) => ({ start, end, opinions }));
}
