import type { Pack, PackInput, RawPicture, ViewBatch } from '@touchstone/models';
import type { Lane } from '@touchstone/shared';
import type { OpenPicture } from '../decode/picture-decoder.ts';
import type { FaceArea } from '../faces/face-finder.ts';
import { faceSide, faceSquare, squareAround } from '../faces/face-square.ts';
import type { InferenceEngine } from '../inference/inference-engine.ts';
import { pictureInHand } from '../picture-decoder/picture-in-hand.ts';

/** A square cut around a face, memory of its own. */
export type FaceCut = RawPicture;

/** Cuts a face out as a pack wants it; undefined where the pack does not answer to faces, or was not measured on faces so small. */
export function cutFor({ manifest }: Pack, picture: RawPicture, area: FaceArea): FaceCut | undefined {
  const { face } = manifest.output;
  if (!face || faceSide(picture, area) < face.minimumSide) return undefined;
  return faceSquare(picture, area, face.margin);
}

/** What a pack sees of a face of a decoded picture, wherever the pixels lie; undefined as of `cutFor`. */
export async function viewsOfFace(
  { manifest }: Pack,
  picture: OpenPicture,
  area: FaceArea,
): Promise<ViewBatch | undefined> {
  const { face } = manifest.output;
  if (!face || faceSide(picture, area) < face.minimumSide) return undefined;
  return picture.viewsOfPart(squareAround(picture, area, face.margin), inputOfFaces(manifest.input));
}

/**
 * How blended a face looks to a pack's graph.
 * @param pack whose graph runs, with `output.face`
 * @returns its logit; undefined where the graph gave none
 * @throws TouchstoneError as the engine
 */
export async function askAboutFace(
  cut: FaceCut,
  pack: Pack,
  { lane, signal }: { readonly lane: Lane; readonly signal?: AbortSignal | undefined },
  engine: Pick<InferenceEngine, 'judge'>,
): Promise<number | undefined> {
  const views = await pictureInHand(cut).views(inputOfFaces(pack.manifest.input));
  return askAboutViews(views, pack, { lane, signal }, engine);
}

/** As `askAboutFace`. @param views as `viewsOfFace` makes them */
export async function askAboutViews(
  views: ViewBatch,
  pack: Pack,
  { lane, signal }: { readonly lane: Lane; readonly signal?: AbortSignal | undefined },
  engine: Pick<InferenceEngine, 'judge'>,
): Promise<number | undefined> {
  const { answer } = await engine.judge(pack, views, lane, signal);
  return answer.face;
}

/** One view of the square, whatever views the pack takes of pictures. */
function inputOfFaces(input: PackInput): PackInput {
  const side = Math.max(...input.size);
  return { ...input, views: [{ kind: 'resize-shorter', side, crop: 'center' }] };
}
