import sharp from 'sharp';
import { expect, it } from 'vitest';
import { type Rotation, rotatePicture } from './rotate.ts';

const picture = { data: Uint8Array.from({ length: 5 * 3 * 3 }, (_, i) => i), width: 5, height: 3 };

it.each<Rotation>([0, 90, 180, 270])('turns by %d degrees as sharp does', async (rotation) => {
  const { data, info } = await sharp(picture.data, { raw: { width: 5, height: 3, channels: 3 } })
    .rotate(rotation)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const turned = rotatePicture(picture, rotation);
  expect([turned.width, turned.height]).toEqual([info.width, info.height]);
  expect([...turned.data]).toEqual([...data]);
});
