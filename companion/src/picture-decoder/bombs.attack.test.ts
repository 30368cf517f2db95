import { TouchstoneError } from '@touchstone/shared';
import sharp from 'sharp';
import { afterEach, describe, expect, test } from 'vitest';
import { sniffFormat } from '../intake/sniff.ts';
import { testPicture } from '../pipeline/fixtures/test-pictures.ts';
import * as bombs from './fixtures/bombs.ts';
import { testDecoder } from './fixtures/test-decoder.ts';

/** Whole way of a picture: header, pixels. @returns its size, or the code of the error */
async function outcome(bytes: Uint8Array): Promise<string> {
  try {
    const request = { bytes, format: sniffFormat(bytes) };
    const { frames } = await testDecoder.readHeader(request);
    const picture = await testDecoder.open(request);
    picture.release();
    return `${picture.width} x ${picture.height}, ${frames} frames`;
  } catch (error) {
    if (!(error instanceof TouchstoneError)) throw error;
    return error.code;
  }
}

const pages = async (frames: number) => {
  const strip = Buffer.from(Array.from({ length: 40 * 40 * frames * 3 }, (_, i) => (i * 31) % 251));
  return sharp(strip, { raw: { width: 40, height: 40 * frames, channels: 3, pageHeight: 40 } });
};

describe('attack: a picture that costs more than it weighs', { timeout: 300_000 }, () => {
  afterEach(async () => {
    // Whatever came before: the next picture is read.
    expect(await outcome(await testPicture(200, 100).jpeg().toBuffer())).toBe('200 x 100, 1 frames');
  });

  test('hold the companion for half a minute with the frames of a WebP', async () => {
    const bomb = bombs.webpBomb(await (await pages(2)).webp({ lossless: true, effort: 0 }).toBuffer(), 60_000);
    expect(await outcome(bomb)).toBe('40 x 40, 60000 frames');
  });

  test('get a long animation judged that is cut off', async () => {
    const bomb = bombs.webpBomb(await (await pages(2)).webp({ lossless: true, effort: 0 }).toBuffer(), 1000);
    expect(await outcome(bomb.subarray(0, bomb.length - 100))).toBe('broken-picture');
  });

  test('hold the companion with the frames of a GIF', async () => {
    const bomb = bombs.gifBomb(await (await pages(1)).gif({ effort: 1 }).toBuffer(), 100_000);
    expect(await outcome(bomb)).toBe('40 x 40, 100000 frames');
  });

  test('hold the companion with the frames of a PNG', async () => {
    expect(await outcome(bombs.apngBomb(4_000_000_000))).toBe('64 x 64, 4000000000 frames');
  });

  test('unpack a few kilobytes of PNG into gigabytes', async () => {
    expect(await outcome(bombs.pngBomb(5000, 5000))).toBe('5000 x 5000, 1 frames');
    expect(await outcome(bombs.pngBomb(33, 60_000))).toBe('33 x 60000, 1 frames');
    expect(await outcome(bombs.pngBomb(11_000, 10_000))).toBe('too-many-pixels');
  });

  test('walk the directories of a TIFF for ever', async () => {
    expect(await outcome(bombs.tiffBomb(3, true))).toMatch(/^64 x 64, 1 frames$|^broken-picture$/);
  });

  test('walk a hundred thousand directories of a TIFF', async () => {
    expect(await outcome(bombs.tiffBomb(100_000, false))).toMatch(
      /^64 x 64, 1 frames$|^broken-picture$|^decode-limit$/,
    );
  });

  test('go over a progressive JPEG thousands of times', async () => {
    const picture = await testPicture(1600, 1200).jpeg({ progressive: true }).toBuffer();
    expect(await outcome(bombs.jpegBomb(picture, 3000))).toMatch(/^broken-picture$|^decode-limit$/);
  });

  test('announce an AVIF larger than the memory', async () => {
    const picture = await testPicture(64, 64).avif({ effort: 0 }).toBuffer();
    expect(await outcome(bombs.avifBomb(picture, 60_000, 60_000))).toMatch(/^too-many-pixels$|^broken-picture$/);
    expect(await outcome(bombs.avifBomb(picture, 10_000, 9_000))).toMatch(/^broken-picture$|^64 x 64/);
  });

  test('unroll the runs of a BMP', async () => {
    expect(await outcome(bombs.bmpBomb(4000, 4000))).toMatch(/^4000 x 4000, 1 frames$|^broken-picture$/);
    expect(await outcome(bombs.bmpBomb(20_000, 20_000).subarray(0, 2000))).toBe('too-many-pixels');
  });

  test('be played over time with sixty thousand frames', async () => {
    const bomb = bombs.gifBomb(await (await pages(1)).gif({ effort: 1 }).toBuffer(), 60_000);
    await expect(testDecoder.openAnimation({ bytes: bomb })).rejects.toMatchObject({ code: 'unsupported-format' });
  });
});
