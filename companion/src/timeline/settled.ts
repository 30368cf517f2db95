import { type Decision, generatedAbove, type Thresholds } from './decide.ts';
import { generatedParts } from './generated-parts.ts';
import type { StoredMoment } from './moment-store.ts';
import type { Shot } from './shots.ts';

/** A gap up to this long between moments leaves nothing unseen that a part of three moments could hide in. Seconds. */
const SEEN_GAP_SECONDS = 1;
/** Shortest average shot that is expected of what was not seen yet. Seconds. */
const SHOT_SECONDS = 4;

/**
 * Whether no further frame can change the answer. Either everything was seen, or so much looks generated already that
 * "Likely AI" would stand as a part (decide.ts, row 3) if all the rest came from a camera, cut into many shots.
 * @param duration seconds; null for a live stream, of which the rest is endless
 */
export function isSettled(
  decision: Decision,
  moments: readonly StoredMoment[],
  shots: readonly Shot[],
  thresholds: Thresholds,
  duration: number | null,
): boolean {
  if (!decision.enough || duration === null) return false;
  const unseen = unseenSeconds(moments, duration);
  if (unseen === 0) return true;
  if (decision.value !== 'fake') return false;
  const shotsThen = shots.length + Math.ceil(unseen / SHOT_SECONDS);
  const above = generatedAbove(thresholds);
  const needed = above + Math.log(shotsThen);
  return generatedParts(shots, above).some(({ logit }) => logit > needed);
}

/** Seconds of the video that lie further from every moment than a gap that counts as seen. */
export function unseenSeconds(moments: readonly StoredMoment[], duration: number): number {
  let unseen = 0;
  let from = 0;
  for (const { time, until } of moments) {
    if (time - from > SEEN_GAP_SECONDS) unseen += time - from;
    from = Math.max(from, until);
  }
  if (duration - from > SEEN_GAP_SECONDS) unseen += duration - from;
  return unseen;
}
