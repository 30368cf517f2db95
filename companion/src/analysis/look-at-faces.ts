import { graphOf, type Pack } from '@touchstone/models';
import { type Lane, throwIfCancelled } from '@touchstone/shared';
import type { OpenPicture } from '../decode/picture-decoder.ts';
import type { FaceArea, PictureFaceFinder } from '../faces/face-finder.ts';
import { faceSide } from '../faces/face-square.ts';
import type { FacesSeen, SeenFace } from '../faces/faces-seen.ts';
import type { InferenceEngine } from '../inference/inference-engine.ts';
import { askAboutViews, viewsOfFace } from './ask-about-face.ts';

/** Time for faces once the picture as a whole was judged: a person waits. Milliseconds. */
export const FACES_MS = 600;
/** Faces of one picture at most, largest first. */
const MAX_FACES = 8;

export interface FaceRooms {
  readonly finder: Pick<PictureFaceFinder, 'lookAt'>;
  readonly engine: Pick<InferenceEngine, 'judge'>;
  /** Clock in milliseconds. */
  readonly now?: () => number;
}

/** The graph among those that have judged which also answers to faces, the last one first. */
export function facePack(judged: readonly Pack[]): Pack | undefined {
  return judged.map(graphOf).findLast(({ manifest }) => manifest.output.face);
}

/**
 * Where the faces are that a pack answers to. Needs nobody's answer for the whole, so that it is found out meanwhile.
 * @returns undefined where nobody could look, or the pack does not answer to faces
 */
export async function findFaces(
  picture: OpenPicture,
  { manifest }: Pack,
  finder: FaceRooms['finder'],
): Promise<readonly FaceArea[] | undefined> {
  const { face } = manifest.output;
  return face && finder.lookAt(picture, face.minimumSide);
}

/**
 * Looks at the faces of a picture one after the other, largest first, as long as the time lasts.
 * @param pack with `output.face`
 * @param finding what `findFaces` said, where it was asked before
 * @throws TouchstoneError as the engine
 */
export async function lookAtFaces(
  picture: OpenPicture,
  pack: Pack,
  { lane, signal }: { readonly lane: Lane; readonly signal?: AbortSignal | undefined },
  { finder, engine, now = () => performance.now() }: FaceRooms,
  finding = findFaces(picture, pack, finder),
): Promise<FacesSeen | undefined> {
  const { face } = pack.manifest.output;
  if (!face) return undefined;
  const end = now() + FACES_MS;
  const found = await finding;
  // Nobody looked: whether there are faces is not known, and nothing is said of them.
  if (!found) return undefined;
  const size = ({ width, height }: FaceArea): number => width * height;
  const large = found
    .filter((area) => faceSide(picture, area) >= face.minimumSide)
    .toSorted((a, b) => size(b) - size(a))
    .slice(0, MAX_FACES);
  const faces: SeenFace[] = [];
  let longest = 0;
  for (const area of large) {
    throwIfCancelled(signal);
    const start = now();
    // The first is looked at whatever the time: the picture's own answer took as long.
    if (faces.length > 0 && start + longest > end) break;
    const views = await viewsOfFace(pack, picture, area);
    const logit = views && (await askAboutViews(views, pack, { lane, signal }, engine));
    if (logit !== undefined) faces.push({ area, logit });
    longest = Math.max(longest, now() - start);
  }
  return { pack, faces, finished: faces.length === large.length };
}
