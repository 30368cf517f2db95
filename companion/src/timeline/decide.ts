import { logitOf, sigmoid } from '@touchstone/models';
import type { VerdictValue } from '@touchstone/shared';
import type { PooledFace } from './face-tracks.ts';
import { generatedParts, isPart } from './generated-parts.ts';
import type { StoredMoment } from './moment-store.ts';
import { trimmedMean } from './pooling.ts';
import { CONFIRMED, opinionsIn } from './second-opinions.ts';
import type { Shot } from './shots.ts';

/** Of the deciding pack, as calibrated probabilities. */
export interface Thresholds {
  readonly fakeAbove: number;
  readonly realBelow: number;
}

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

/** Log-odds by which one shot of an authentic video may exceed `realBelow`: the standard deviation of frames within a clip. */
const SHOT_SPREAD = 0.5;

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

/** What the moments say, before it is put in words. */
export interface Decision {
  readonly value: VerdictValue;
  readonly probability: number;
  /** Pooled log-odds of the whole track; 0 without moments. */
  readonly logit: number;
  readonly enough: boolean;
  /** The generated stretch that decides, where the rest looks different. */
  readonly part: Shot | undefined;
  /** A stretch that looks much more generated than the rest, but not clearly so. */
  readonly differing: Shot | undefined;
  /** The face that looks more generated than the picture around it. */
  readonly face: PooledFace | undefined;
}

/** Moments that a verdict needs. @param duration seconds; null when unknown */
export function momentsNeeded(duration: number | null): number {
  return duration !== null && duration < SHORT_CLIP_SECONDS ? MIN_MOMENTS_SHORT : MIN_MOMENTS;
}

/**
 * | row | seen                                                     | value                                    |
 * |-----|----------------------------------------------------------|------------------------------------------|
 * | 1   | fewer moments than needed                                | uncertain                                |
 * | 2   | all moments, trimmed mean clearly above `fakeAbove`              | fake                                     |
 * | 3   | a stretch above `fakeAbove`, raised by the number of shots | fake, naming the stretch               |
 * | 4   | a stretch above `fakeAbove` alone                        | uncertain, naming the stretch            |
 * | 5   | a shot near `fakeAbove`, confirmed, the rest far from it | uncertain, naming the shot               |
 * | 6   | a face above `fakeAbove`, its surroundings not           | uncertain, naming the face               |
 * | 7   | all moments, trimmed mean below `realBelow`, no shot clearly above it | real                        |
 * | 8   | else                                                     | uncertain                                |
 *
 * Row 3: every shot is a chance to be wrong, so the odds that a stretch needs grow with their number (Bonferroni).
 */
export function decide(
  moments: readonly StoredMoment[],
  shots: readonly Shot[],
  faces: readonly PooledFace[],
  { fakeAbove, realBelow }: Thresholds,
  duration: number | null,
): Decision {
  const frames = moments.reduce((sum, moment) => sum + moment.frames, 0);
  const logit = moments.length === 0 ? 0 : trimmedMean(moments);
  const enough = frames >= momentsNeeded(duration);
  const between = (p: number): number => Math.min(fakeAbove, Math.max(realBelow, p));
  const none = { part: undefined, differing: undefined, face: undefined };
  const uncertain = { value: 'uncertain' as const, probability: between(sigmoid(logit)), logit, enough, ...none };
  if (!enough) return uncertain;

  const fakeAt = generatedAbove({ fakeAbove, realBelow });
  if (logit > fakeAt) {
    return { value: 'fake', probability: sigmoid(logit), logit, enough, ...none };
  }
  const parts = generatedParts(shots, fakeAt).toSorted((a, b) => b.logit - a.logit);
  const part = parts[0];
  if (part && part.logit > fakeAt + Math.log(shots.length)) {
    return {
      value: 'fake',
      probability: sigmoid(part.logit - Math.log(shots.length)),
      logit,
      enough,
      ...none,
      part,
    };
  }
  if (part) return { ...uncertain, part };
  const differing = standsOut(shots, logitOf(fakeAbove) - NEARLY);
  if (differing) return { ...uncertain, differing };
  const face = faces.find(
    (one) => one.frames >= MIN_FACE_CROPS && one.logit > fakeAt && one.logit - one.around > FACE_CONTRAST,
  );
  if (face) return { ...uncertain, face };
  const notReal = logitOf(realBelow) + SHOT_SPREAD;
  if (sigmoid(logit) >= realBelow || shots.some((shot) => isPart(shot) && shot.logit > notReal)) return uncertain;
  return { value: 'real', probability: sigmoid(logit), logit, enough, ...none };
}

/** The shot that looks most generated, where it lies above a limit and far above each of the others. */
function standsOut(shots: readonly Shot[], above: number): Shot | undefined {
  const [most, ...others] = shots.toSorted((a, b) => b.logit - a.logit);
  if (!most || !isPart(most) || most.logit <= above || opinionsIn(most.moments) < CONFIRMED) return undefined;
  const rest = others.filter(isPart);
  const enough = rest.reduce((sum, { frames }) => sum + frames, 0) >= MIN_MOMENTS;
  return enough && rest.every(({ logit }) => most.logit - logit > STANDS_OUT) ? most : undefined;
}
