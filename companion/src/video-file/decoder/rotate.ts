import type { RawPicture } from '@touchstone/models';

/** Degrees by which a picture is turned clockwise to stand upright, as a container's display matrix says. */
export type Rotation = 0 | 90 | 180 | 270;

/** Turns RGB pixels clockwise. @returns the picture itself when there is nothing to turn */
export function rotatePicture(picture: RawPicture, rotation: Rotation): RawPicture {
  if (rotation === 0) return picture;
  const { data: from, width, height } = picture;
  const [newWidth, newHeight] = rotation === 180 ? [width, height] : [height, width];
  const data = new Uint8Array(from.length);
  // Steps in the target, in bytes, for one pixel to the right and one down in the source.
  const [right, down, first] = {
    90: [newWidth * 3, -3, (newWidth - 1) * 3],
    180: [-3, -newWidth * 3, (newWidth * newHeight - 1) * 3],
    270: [-newWidth * 3, 3, (newHeight - 1) * newWidth * 3],
  }[rotation] as [number, number, number];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0, to = first + y * down; x < width; x++, at += 3, to += right) {
      data[to] = from[at] as number;
      data[to + 1] = from[at + 1] as number;
      data[to + 2] = from[at + 2] as number;
    }
  }
  return { data, width: newWidth, height: newHeight };
}
