import type { PackManifest } from '@touchstone/models';
import type { Evidence } from '@touchstone/shared';
import { blendedAbove, blendingDetails, blendingStrength } from '../evidence/face-evidence.ts';
import { finding } from '../evidence/finding.ts';
import type { BlendingSeen } from '../faces/faces-seen.ts';
import { clockTime } from '../timeline/clock-time.ts';
import type { TimelineFindings } from '../timeline/findings.ts';
import type { FramesWord } from './fuse.ts';

/** The pack that judged the frames of a video. */
export interface JudgingPack extends Pick<PackManifest, 'name' | 'version' | 'tier'> {
  readonly thresholds: Pick<PackManifest['thresholds'], 'fakeAbove' | 'realBelow'>;
}

/** What the frames say together, as one finding of the classifier that names where it was seen. */
export function videoEvidence(
  { framesAnalyzed, part, differing, face }: TimelineFindings,
  { probability, names }: FramesWord,
  { name, version, tier, thresholds }: JudgingPack,
): Evidence {
  const direction =
    probability > thresholds.fakeAbove ? 'ai' : probability < thresholds.realBelow ? 'camera' : 'neutral';
  const strength = Math.abs(2 * probability - 1);
  const details = { pack: name, version, tier, framesAnalyzed, probability };
  if (names === 'part' && part) {
    return finding('classifier', direction, strength, 'video-part-generated', { ...stretch(part), ...details });
  }
  if (names === 'differing' && differing) {
    return finding('classifier', direction, strength, 'video-part-differs', { ...stretch(differing), ...details });
  }
  if (names === 'face' && face) {
    const where = { ...stretch(face), track: face.track };
    return finding('classifier', direction, strength, 'video-face-differs', { ...where, ...details });
  }
  const codes = { ai: 'video-looks-generated', camera: 'video-looks-camera', neutral: 'video-undecided' } as const;
  return finding('classifier', direction, strength, codes[direction], details);
}

/**
 * The face of a video that looks most blended over its looks, where it does so by more than the pack's threshold.
 * Nobody is named or compared.
 */
export function blendingEvidence({ pack, tracks }: BlendingSeen): Evidence | undefined {
  const above = blendedAbove(pack);
  const [strongest] = tracks;
  if (!strongest || !(strongest.logit > above)) return undefined;
  const { track, looks, time } = strongest;
  return finding('face', 'ai', blendingStrength(pack, strongest.logit), 'video-face-blending', {
    ...stretch(strongest),
    ...blendingDetails(pack, strongest),
    track,
    looks,
    atSeconds: time,
    faces: tracks.length,
    facesAbove: tracks.filter(({ logit }) => logit > above).length,
  });
}

/** `from` and `to` are for reading; the seconds are for the timeline. */
function stretch({ start, end }: { readonly start: number; readonly end: number }): Evidence['details'] {
  return { from: clockTime(start), to: clockTime(end), fromSeconds: start, toSeconds: end };
}
