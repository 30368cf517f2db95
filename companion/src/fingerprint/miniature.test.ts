import { expect, it } from 'vitest';
import { releasePixels } from '../decode/release-pixels.ts';
import { encodeThumbnail, greyGrid, makeMiniature } from './miniature.ts';

const grey = (value: number, width: number, height: number) => ({
  data: new Uint8Array(width * height * 3).fill(value),
  width,
  height,
});

it('a miniature has thumbnail size, and becomes a WebP', async () => {
  const miniature = makeMiniature(grey(10, 640, 360));
  expect(miniature).toMatchObject({ width: 320, height: 180 });
  const webp = await encodeThumbnail(miniature);
  expect(webp.toString('latin1', 8, 12)).toBe('WEBP');
});

it('a miniature is memory of its own, also where the picture lies in a Buffer that is given back', () => {
  const plain = grey(200, 64, 36);
  const small = { ...plain, data: Buffer.from(plain.data.buffer) };
  const miniature = makeMiniature(small);
  releasePixels(small);
  expect(miniature.data[0]).toBe(200);
});

const odd = (width: number, height: number) => ({
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919 + (i >> 5)) & 255),
  width,
  height,
});

it.each([
  [641, 377],
  [333, 777],
  [2_000, 9],
])('a pixel of the miniature of %i x %i is the mean of nine samples, rounded down', (width, height) => {
  const picture = odd(width, height);
  const small = makeMiniature(picture);
  const sample = (i: number, count: number, side: number): number => Math.floor(((i + 0.5) * side) / (3 * count));
  const nine = [0, 1, 2].flatMap((down) => [0, 1, 2].map((right) => [down, right] as const));
  for (const [x, y] of [
    [0, 0],
    [small.width - 1, small.height - 1],
    [small.width >> 1, small.height >> 1],
  ] as const) {
    for (const colour of [0, 1, 2]) {
      const samples = nine.map(([down, right]) => {
        const row = sample(3 * y + down, small.height, height);
        return picture.data[(row * width + sample(3 * x + right, small.width, width)) * 3 + colour] ?? Number.NaN;
      });
      const mean = samples.reduce((sum, one) => sum + one, 0) / 9;
      expect(small.data[(y * small.width + x) * 3 + colour]).toBe(Math.floor(mean));
    }
  }
});

it.each([
  [320, 180],
  [100, 7],
  [5, 3],
])('a cell of the grey grid of %i x %i is the mean luminance of its pixels', (width, height) => {
  const [picture, side] = [odd(width, height), 8];
  const [stepsX, stepsY] = [Math.max(width, side), Math.max(height, side)];
  const cells = Array.from({ length: side * side }, (): number[] => []);
  for (let y = 0; y < stepsY; y++) {
    for (let x = 0; x < stepsX; x++) {
      const at = (Math.floor((y * height) / stepsY) * width + Math.floor((x * width) / stepsX)) * 3;
      const [red = 0, green = 0, blue = 0] = picture.data.subarray(at, at + 3);
      const cell = Math.floor((y * side) / stepsY) * side + Math.floor((x * side) / stepsX);
      cells[cell]?.push(0.299 * red + 0.587 * green + 0.114 * blue);
    }
  }
  const means = cells.map((all) => Math.round(all.reduce((sum, one) => sum + one, 0) / all.length));
  const found = [...greyGrid(picture, side)];
  // A mean that lies on a half may be rounded either way by another order of the sum.
  for (const [cell, mean] of means.entries())
    expect(Math.abs((found[cell] ?? Number.NaN) - mean)).toBeLessThanOrEqual(1);
  expect(found.filter((grey, cell) => grey !== means[cell]).length).toBeLessThanOrEqual(1);
});
