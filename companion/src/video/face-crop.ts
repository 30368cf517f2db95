import type { RawPicture } from '@touchstone/models';
import { cutArea } from '../faces/cut-area.ts';
import type { FaceArea } from '../faces/face-finder.ts';
import { faceSide } from '../faces/face-square.ts';

/** Room around a face on each side, in parts of its own side: hair, neck and the edge of a swapped face (as the winner of DFDC). */
const MARGIN = 1 / 3;
/** Faces with a shorter side below this are not judged alone: their crop would be enlarged beyond what packs know. Pixels. */
export const MIN_FACE_PIXELS = 96;

/** Cuts a face with its margin out of a frame; undefined when it is too small to judge. */
export function cropFace(picture: RawPicture, face: FaceArea): RawPicture | undefined {
  const { width, height } = picture;
  if (faceSide(picture, face) < MIN_FACE_PIXELS) return undefined;
  const [x, y] = [MARGIN * face.width * width, MARGIN * face.height * height];
  return cutArea(picture, {
    left: Math.floor(face.x * width - x),
    top: Math.floor(face.y * height - y),
    right: Math.ceil((face.x + face.width) * width + x),
    bottom: Math.ceil((face.y + face.height) * height + y),
  });
}
