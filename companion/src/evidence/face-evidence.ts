import { type Evidence, FACE_PLACES } from '@touchstone/shared';
import type { FacesSeen } from '../faces/faces-seen.ts';
import { finding } from './finding.ts';

/** Log-odds above the threshold at which the finding is as strong as it gets. */
const STRONG_BY = 2;

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/**
 * The face that looks most blended, where it does so by more than the pack's threshold. Below it nothing is said: most swapped faces stay below.
 * Its place is told in parts of the picture's width and height; nobody is named or compared.
 */
export function faceEvidence({ pack, faces }: FacesSeen): Evidence | undefined {
  const { name, version, output } = pack.manifest;
  const above = output.face?.above ?? Number.POSITIVE_INFINITY;
  const [strongest] = faces.toSorted((a, b) => b.logit - a.logit);
  if (!strongest || !(strongest.logit > above)) return undefined;
  const { area, logit } = strongest;
  const place = Object.fromEntries(FACE_PLACES.map((side) => [side, rounded(area[side])]));
  const counts = { faces: faces.length, facesAbove: faces.filter((face) => face.logit > above).length };
  const strength = Math.min(1, (logit - above) / STRONG_BY);
  return finding('face', 'ai', strength, 'face-blending', {
    pack: name,
    version,
    logit: rounded(logit),
    ...counts,
    ...place,
  });
}
