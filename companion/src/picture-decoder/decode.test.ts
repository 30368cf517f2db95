import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { jpegQuality } from '../decode/jpeg-quality.ts';
import { createPixelBudget } from '../decode/pixel-budget.ts';
import { flatness } from '../fingerprint/flatness.ts';
import { encodeThumbnail, greyGrid, makeMiniature } from '../fingerprint/miniature.ts';
import { hashDistance, perceptualHash } from '../fingerprint/perceptual-hash.ts';
import { testPicture } from '../pipeline/fixtures/test-pictures.ts';
import { isBenignWarning } from './process/benign-warnings.ts';
import { isCutOff } from './process/decode-cut-off.ts';

const raw = async (width: number, height: number) => ({
  data: await testPicture(width, height).raw().toBuffer(),
  width,
  height,
});

describe('jpegQuality', () => {
  it.each([15, 40, 50, 75, 90, 98])('finds the setting %d again', async (quality) => {
    expect(
      Math.abs((jpegQuality(await testPicture().jpeg({ quality }).toBuffer()) ?? 0) - quality),
    ).toBeLessThanOrEqual(2);
  });
  it('knows nothing of other bytes', () => {
    expect(jpegQuality(Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 8]))).toBeUndefined();
    expect(jpegQuality(Buffer.from('not a JPEG'))).toBeUndefined();
  });
});

describe('miniature', () => {
  it('is at most 320 pixels long and never enlarged', async () => {
    expect(makeMiniature(await raw(1000, 500))).toMatchObject({ width: 320, height: 160 });
    expect(makeMiniature(await raw(200, 100))).toMatchObject({ width: 200, height: 100 });
    expect(makeMiniature(await raw(3000, 4))).toMatchObject({ width: 320, height: 1 });
  });
  it('averages what it shrinks', () => {
    const stripes = Uint8Array.from({ length: 960 * 3 * 3 }, (_, i) => (Math.floor(i / 3) % 3 === 0 ? 90 : 0));
    expect(new Set(makeMiniature({ data: stripes, width: 960, height: 3 }).data)).toEqual(new Set([30]));
  });
  it('becomes a WebP thumbnail', async () => {
    const metadata = await sharp(await encodeThumbnail(makeMiniature(await raw(1000, 500)))).metadata();
    expect(metadata).toMatchObject({ format: 'webp', width: 320, height: 160 });
  });
  it('averages luminance over cells, also of pictures smaller than the grid', () => {
    const picture = { data: Uint8Array.of(0, 0, 0, 255, 255, 255), width: 2, height: 1 };
    expect([...greyGrid(picture, 4)]).toEqual(Array.from({ length: 4 }, () => [0, 0, 255, 255]).flat());
  });
});

describe('flatness', () => {
  it('is 1 for one colour and small for noise', async () => {
    expect(flatness({ data: new Uint8Array(300).fill(7), width: 10, height: 10 })).toBe(1);
    expect(flatness(await raw(100, 100))).toBeLessThan(0.1);
  });
});

describe('perceptualHash', () => {
  it('stays when brightness changes, and differs for another picture', async () => {
    const grid = greyGrid(await raw(400, 300), 32);
    const brighter = grid.map((value) => Math.min(255, value + 10));
    const mirrored = Uint8Array.from(grid, (_, i) => grid[(i & ~31) + 31 - (i & 31)] ?? 0);
    expect(perceptualHash(grid)).toMatch(/^[0-9a-f]{16}$/);
    expect(hashDistance(perceptualHash(grid), perceptualHash(brighter))).toBeLessThanOrEqual(4);
    expect(hashDistance(perceptualHash(grid), perceptualHash(mirrored))).toBeGreaterThan(12);
  });
});

describe('isBenignWarning', () => {
  it.each([
    ['VipsJpeg: Invalid SOS parameters for sequential JPEG', true],
    ['VipsJpeg: 2 extraneous bytes before marker 0xd9', true],
    ['VipsJpeg: 2 extraneous bytes before marker 0xd9\njpegload_buffer: load error', true],
    ['jpegload_buffer: load error', false],
    ['VipsJpeg: Premature end of JPEG file', false],
    ['VipsJpeg: Invalid SOS parameters for sequential JPEG\nVipsJpeg: Premature end of JPEG file', false],
    ['', false],
  ])('%s: %s', (message, expected) => {
    expect(isBenignWarning(message)).toBe(expected);
  });
});

it('a missing end is known whatever else the decoder adds to its complaint', () => {
  expect(isCutOff('VipsJpeg: premature end of JPEG image')).toBe(true);
  expect(isCutOff('VipsJpeg: premature end of JPEG image\njpegload_buffer: load error')).toBe(true);
  expect(isCutOff('VipsJpeg: Invalid JPEG file structure\njpegload_buffer: load error')).toBe(false);
  expect(isCutOff('jpegload_buffer: load error')).toBe(false);
});

describe('pixel budget', () => {
  it('lets pictures wait for each other’s memory, in order', async () => {
    const budget = createPixelBudget(100);
    const order: string[] = [];
    const gate = Promise.withResolvers<void>();
    const first = budget.spend(80, async () => {
      order.push('first');
      await gate.promise;
    });
    const second = budget.spend(300, async () => void order.push('second'));
    const third = budget.spend(10, async () => void order.push('third'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(order).toEqual(['first']);
    gate.resolve();
    await Promise.all([first, second, third]);
    expect(order).toEqual(['first', 'second', 'third']);
  });
  it('frees what a failed decode held', async () => {
    const budget = createPixelBudget(10);
    await expect(budget.spend(10, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await budget.spend(10, async () => 'next')).toBe('next');
  });
});
