import type { Evidence } from './evidence.ts';
import type { ReasonCode } from './sentences.ts';
import type { FaceBox } from './timeline.ts';

/** Numbers of a finding that say where a face is, in parts of the picture's width and height from its left upper corner. */
export const FACE_PLACES = ['x', 'y', 'width', 'height'] as const satisfies readonly (keyof FaceBox)[];

/** Findings that speak of one face. */
const BLENDED_FACES: ReadonlySet<string> = new Set<ReasonCode>(['face-blending', 'video-face-blending']);

export type FacePlace = Readonly<Record<(typeof FACE_PLACES)[number], number>>;

/** Where the face is that a finding speaks of; undefined for every other finding. Always inside the picture. */
export function facePlace({ code, details }: Pick<Evidence, 'code' | 'details'>): FacePlace | undefined {
  if (!BLENDED_FACES.has(code)) return undefined;
  const [x = 0, y = 0, width = 0, height = 0] = FACE_PLACES.map((side) => Number(details[side]));
  const inside =
    [x, y, width, height].every((part) => part >= 0 && part <= 1) && x + width <= 1.001 && y + height <= 1.001;
  return inside && width > 0 && height > 0 ? { x, y, width, height } : undefined;
}
