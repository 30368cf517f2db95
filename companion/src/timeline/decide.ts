import { logitOf, sigmoid } from '@touchstone/models';
import type { VerdictValue } from '@touchstone/shared';
import type { PooledFace } from './face-tracks.ts';
import { generatedParts } from './generated-parts.ts';
import type { StoredMoment } from './moment-store.ts';
import { trimmedMean } from './pooling.ts';
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
 * Log-odds by which "Likely AI" must exceed the pack's threshold for pictures: the standard deviation of frames within one
 * clip. Of 23 real clips one, a face under a beauty filter, lies at the threshold itself (models/evaluation/video.md).
 */
const CLEAR_MARGIN = 0.5;

/** Log-odds above which a video or a part of it looks generated. */
export function generatedAbove({ fakeAbove }: Thresholds): number {
  return logitOf(fakeAbove) + CLEAR_MARGIN;
}

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
 * | 5   | a face above `fakeAbove`, its surroundings not           | uncertain, naming the face               |
 * | 6   | all moments, trimmed mean below `realBelow`              | real                                     |
 * | 7   | else                                                     | uncertain                                |
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
  const uncertain = { value: 'uncertain' as const, probability: between(sigmoid(logit)), logit, enough };
  if (!enough) return { ...uncertain, part: undefined, face: undefined };

  const fakeAt = generatedAbove({ fakeAbove, realBelow });
  if (logit > fakeAt) {
    return { value: 'fake', probability: sigmoid(logit), logit, enough, part: undefined, face: undefined };
  }
  const parts = generatedParts(shots, fakeAt).toSorted((a, b) => b.logit - a.logit);
  const part = parts[0];
  if (part && part.logit > fakeAt + Math.log(shots.length)) {
    return {
      value: 'fake',
      probability: sigmoid(part.logit - Math.log(shots.length)),
      logit,
      enough,
      part,
      face: undefined,
    };
  }
  const face = faces.find(
    (one) => one.frames >= MIN_FACE_CROPS && one.logit > fakeAt && one.logit - one.around > FACE_CONTRAST,
  );
  if (part || face) return { ...uncertain, part, face: part ? undefined : face };
  if (sigmoid(logit) >= realBelow) return { ...uncertain, part: undefined, face: undefined };
  return { value: 'real', probability: sigmoid(logit), logit, enough, part: undefined, face: undefined };
}
