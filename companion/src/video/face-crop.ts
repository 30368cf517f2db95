import type { RawPicture } from '@touchstone/models';
import type { FaceArea } from '../faces/face-finder.ts';

/** Room around a face on each side, in parts of its own side: hair, neck and the edge of a swapped face (as the winner of DFDC). */
const MARGIN = 1 / 3;
/** Faces with a shorter side below this are not judged alone: their crop would be enlarged beyond what packs know. Pixels. */
export const MIN_FACE_PIXELS = 96;

/** Cuts a face with its margin out of a frame; undefined when it is too small to judge. */
export function cropFace({ data, width, height }: RawPicture, face: FaceArea): RawPicture | undefined {
  const size = { width: face.width * width, height: face.height * height };
  if (Math.min(size.width, size.height) < MIN_FACE_PIXELS) return undefined;
  const left = Math.max(0, Math.floor(face.x * width - MARGIN * size.width));
  const top = Math.max(0, Math.floor(face.y * height - MARGIN * size.height));
  const right = Math.min(width, Math.ceil((face.x + face.width) * width + MARGIN * size.width));
  const bottom = Math.min(height, Math.ceil((face.y + face.height) * height + MARGIN * size.height));
  const crop = new Uint8Array((right - left) * (bottom - top) * 3);
  for (let y = top; y < bottom; y++) {
    const row = (y * width + left) * 3;
    crop.set(data.subarray(row, row + (right - left) * 3), (y - top) * (right - left) * 3);
  }
  return { data: crop, width: right - left, height: bottom - top };
}
