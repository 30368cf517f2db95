import { logitOf } from '@touchstone/models';
import type { DeclaredThresholds } from '@touchstone/shared/present';
import type { PooledFace } from './face-tracks.ts';
import { generatedParts, isPart } from './generated-parts.ts';
import type { StoredMoment } from './moment-store.ts';
import { trimmedMean } from './pooling.ts';
import { CONFIRMED, opinionsIn } from './second-opinions.ts';
import type { Shot } from './shots.ts';
import { unseenSeconds } from './unseen.ts';

/** Of the deciding pack, as calibrated probabilities. */
export type Thresholds = DeclaredThresholds;

/** Moments needed before a verdict other than "uncertain": three seconds at the default rate. */
export const MIN_MOMENTS = 6;
/** Of a clip too short for that, moments needed: one second at the highest rate. */
const MIN_MOMENTS_SHORT = 4;
/** A clip of which two moments a second are fewer than MIN_MOMENTS. Seconds. */
const SHORT_CLIP_SECONDS = 3;

/**
 * Log-odds by which "Likely AI" must exceed the pack's threshold for pictures: twice the standard deviation of frames within
 * one clip. Of 23 real clips one, a face under a beauty filter, lies above the threshold itself; with half a unit a part of it
 * was called generated (models/evaluation/video.md).
 */
const CLEAR_MARGIN = 1;

/** Log-odds above which a video or a part of it looks generated. */
export function generatedAbove({ fakeAbove }: Thresholds): number {
  return logitOf(fakeAbove) + CLEAR_MARGIN;
}

/** Log-odds below `fakeAbove` from which a part that stands out is named, once three second opinions bear it out. */
const NEARLY = 1;
/**
 * Log-odds by which a shot must look more generated than every other one to be named. Of inserts into 21 real clips, 47 % of
 * the generated ones stand out so, and 5 % of those from another real clip (models/evaluation/video.md).
 */
const STANDS_OUT = 2.5;

/** Crops of one face needed before it counts as a finding. */
const MIN_FACE_CROPS = 4;
/** Log-odds by which a face must look more generated than the picture around it. */
const FACE_CONTRAST = 2;

/** What the moments say together. They are findings: fuse.ts in `verdict` decides what follows from them. */
export interface TimelineFindings {
  readonly framesAnalyzed: number;
  /** As many moments as a verdict needs. */
  readonly enough: boolean;
  /** Pooled log-odds of the whole track; 0 without moments. */
  readonly logit: number;
  readonly shots: number;
  /** The stretch above the line for "generated" that lies highest. */
  readonly part: Shot | undefined;
  /** A shot that looks much more generated than the rest, but not clearly so. */
  readonly differing: Shot | undefined;
  /** A face that looks more generated than the picture around it. */
  readonly face: PooledFace | undefined;
  /** Pooled log-odds of the shot that looks most generated, of those long enough to be named. */
  readonly highestShot: number | undefined;
  /** Seconds of the video that nobody saw; 0 where its length is unknown. */
  readonly unseen: number;
  readonly showsFaces: boolean;
}

/** Moments that a verdict needs. @param duration seconds; null when unknown */
export function momentsNeeded(duration: number | null): number {
  return duration !== null && duration < SHORT_CLIP_SECONDS ? MIN_MOMENTS_SHORT : MIN_MOMENTS;
}

/**
 * Puts together what was seen over time.
 * @param moments in order of time, corrected by second opinions
 * @param faces with the log-odds of their crops
 * @param duration seconds; null when unknown
 */
export function findingsOf(
  moments: readonly StoredMoment[],
  shots: readonly Shot[],
  faces: readonly PooledFace[],
  thresholds: Thresholds,
  duration: number | null,
): TimelineFindings {
  const framesAnalyzed = moments.reduce((sum, moment) => sum + moment.frames, 0);
  const line = generatedAbove(thresholds);
  const nameable = shots.filter(isPart).map(({ logit }) => logit);
  return {
    framesAnalyzed,
    enough: framesAnalyzed >= momentsNeeded(duration),
    logit: moments.length === 0 ? 0 : trimmedMean(moments),
    shots: shots.length,
    part: generatedParts(shots, line).toSorted((a, b) => b.logit - a.logit)[0],
    differing: standsOut(shots, logitOf(thresholds.fakeAbove) - NEARLY),
    face: faces.find(
      ({ frames, logit, around }) => frames >= MIN_FACE_CROPS && logit > line && logit - around > FACE_CONTRAST,
    ),
    highestShot: nameable.length > 0 ? Math.max(...nameable) : undefined,
    unseen: duration === null ? 0 : unseenSeconds(moments, duration),
    showsFaces: moments.some((moment) => moment.faces.length > 0),
  };
}

/** The shot that looks most generated, where it lies above a limit and far above each of the others. */
function standsOut(shots: readonly Shot[], above: number): Shot | undefined {
  const [most, ...others] = shots.toSorted((a, b) => b.logit - a.logit);
  if (!most || !isPart(most) || most.logit <= above || opinionsIn(most.moments) < CONFIRMED) return undefined;
  const rest = others.filter(isPart);
  const enough = rest.reduce((sum, { frames }) => sum + frames, 0) >= MIN_MOMENTS;
  return enough && rest.every(({ logit }) => most.logit - logit > STANDS_OUT) ? most : undefined;
}
