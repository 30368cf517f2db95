import { expect, it } from 'vitest';
import { releasePixels } from '../decode/release-pixels.ts';
import { encodeThumbnail, makeMiniature } from './miniature.ts';

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
