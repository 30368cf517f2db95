import { generatedAbove, type Thresholds, type TimelineFindings } from './findings.ts';
import { generatedParts } from './generated-parts.ts';
import type { Shot } from './shots.ts';

/** Shortest average shot that is expected of what was not seen yet. Seconds. */
const SHOT_SECONDS = 4;

/**
 * Whether no further frame can change the answer. Either everything was seen, or so much looks generated already that
 * "Likely AI" would stand as a part (verdict/fuse.ts, row c) if all the rest came from a camera, cut into many shots.
 * @param duration seconds; null for a live stream, of which the rest is endless
 */
export function isSettled(
  { enough, unseen }: TimelineFindings,
  shots: readonly Shot[],
  thresholds: Thresholds,
  duration: number | null,
): boolean {
  if (!enough || duration === null) return false;
  if (unseen === 0) return true;
  const shotsThen = shots.length + Math.ceil(unseen / SHOT_SECONDS);
  const above = generatedAbove(thresholds);
  const needed = above + Math.log(shotsThen);
  return generatedParts(shots, above).some(({ logit }) => logit > needed);
}
