import { expect, it } from 'vitest';
import { frameSize } from './frame-size.ts';

it.each([
  [1280, 720, 1, 1280, 720],
  [1920, 1080, 1, 1280, 720],
  [1080, 1920, 1, 720, 1280],
  [20000, 100, 1, 2880, 14],
  [320, 240, 1, 320, 240],
  [720, 576, 16 / 11, 1047, 576],
  [1440, 1080, 4 / 3, 1280, 720],
  [640, 480, 0.5, 640, 960],
  [640, 480, Number.NaN, 640, 480],
  [640, 480, 1e9, 640, 480],
])('%d x %d with pixels of %d leaves as %d x %d', (width, height, shape, outWidth, outHeight) => {
  expect(frameSize({ width, height }, shape)).toEqual({ width: outWidth, height: outHeight });
});
