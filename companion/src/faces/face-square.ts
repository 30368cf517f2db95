import type { RawPicture } from '@touchstone/models';
import type { PixelArea } from '../decode/picture-decoder.ts';
import { cutArea } from './cut-area.ts';
import type { FaceArea } from './face-finder.ts';

/** Shorter side of a face's box, in pixels of the picture. */
export function faceSide({ width, height }: Pick<RawPicture, 'width' | 'height'>, face: FaceArea): number {
  return Math.min(face.width * width, face.height * height);
}

/** Where the square around the middle of a face lies; it may reach over the picture's edges. @param margin its side, in longer sides of the box */
export function squareAround(
  { width, height }: Pick<RawPicture, 'width' | 'height'>,
  face: FaceArea,
  margin: number,
): PixelArea {
  const half = (margin * Math.max(face.width * width, face.height * height)) / 2;
  const [x, y] = [(face.x + face.width / 2) * width, (face.y + face.height / 2) * height];
  return {
    left: Math.round(x - half),
    top: Math.round(y - half),
    right: Math.round(x + half),
    bottom: Math.round(y + half),
  };
}

/** The square around a face as a picture of its own, cut at the picture's edges. @param margin as of `squareAround` */
export function faceSquare(picture: RawPicture, face: FaceArea, margin: number): RawPicture {
  return cutArea(picture, squareAround(picture, face, margin));
}
