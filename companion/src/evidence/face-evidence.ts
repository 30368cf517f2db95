import type { Pack } from '@touchstone/models';
import { type Evidence, FACE_PLACES } from '@touchstone/shared';
import type { FaceArea } from '../faces/face-finder.ts';
import type { FacesSeen } from '../faces/faces-seen.ts';
import { finding } from './finding.ts';

/** Log-odds above the threshold at which the finding is as strong as it gets. */
const STRONG_BY = 2;

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** Log-odds that a face must exceed to be told of. */
export const blendedAbove = ({ manifest }: Pack): number => manifest.output.face?.above ?? Number.POSITIVE_INFINITY;

/** A face, and how blended it looks. */
interface Blended {
  readonly area: FaceArea;
  readonly logit: number;
}

/** What every finding of blending says: who looked, how strongly, and where the face is, in parts of the picture's width and height. */
export function blendingDetails(pack: Pack, { area, logit }: Blended): Evidence['details'] {
  const { name, version } = pack.manifest;
  const place = Object.fromEntries(FACE_PLACES.map((side) => [side, rounded(area[side])]));
  return { pack: name, version, logit: rounded(logit), ...place };
}

/** 0..1 for a logit above the threshold. */
export const blendingStrength = (pack: Pack, logit: number): number =>
  Math.min(1, (logit - blendedAbove(pack)) / STRONG_BY);

/**
 * The face that looks most blended, where it does so by more than the pack's threshold. Below it nothing is said: most swapped faces stay below.
 * Nobody is named or compared.
 */
export function faceEvidence({ pack, faces }: FacesSeen): Evidence | undefined {
  const above = blendedAbove(pack);
  const [strongest] = faces.toSorted((a, b) => b.logit - a.logit);
  if (!strongest || !(strongest.logit > above)) return undefined;
  const counts = { faces: faces.length, facesAbove: faces.filter((face) => face.logit > above).length };
  const strength = blendingStrength(pack, strongest.logit);
  return finding('face', 'ai', strength, 'face-blending', { ...blendingDetails(pack, strongest), ...counts });
}
