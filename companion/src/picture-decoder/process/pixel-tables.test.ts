import { describe, expect, it } from 'vitest';
import { sniffFormat } from '../../intake/sniff.ts';
import tables from '../fixtures/pixel-tables.json' with { type: 'json' };
import { decodePicture } from './decode-picture.ts';

/** Largest difference of a channel. */
const farthest = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] ?? 999))), 0);

/** Pillow reads the same files (fixtures/make-pixel-tables.py made the table). */
describe.each(Object.entries(tables))('%s', (_, { file, pixels, width, height, tolerance }) => {
  it('has the pixels that another decoder makes of it', async () => {
    const bytes = Buffer.from(file, 'base64');
    const picture = await decodePicture(bytes, sniffFormat(bytes));
    expect({ width: picture.width, height: picture.height }).toEqual({ width, height });
    const expected = Buffer.from(pixels, 'base64');
    expect(picture.data.length).toBe(expected.length);
    expect(farthest(expected, picture.data)).toBeLessThanOrEqual(tolerance);
  });
});

describe('a BMP that is not whole', () => {
  const broken = { code: 'broken-picture' };
  it.each(['bmp-1', 'bmp-8', 'bmp-24', 'bmp-16-565', 'bmp-rle8', 'bmp-rle4'] as const)(
    'is refused: %s',
    async (name) => {
      const bytes = Buffer.from(tables[name].file, 'base64');
      await expect(decodePicture(bytes.subarray(0, bytes.length - 70), 'bmp')).rejects.toMatchObject(broken);
    },
  );
  it('is refused with a depth or a packing that nobody knows', async () => {
    const changed = (at: number, value: number): Buffer => {
      const bytes = Buffer.from(tables['bmp-8'].file, 'base64');
      bytes[at] = value;
      return bytes;
    };
    for (const bytes of [changed(28, 7), changed(28, 0), changed(30, 2), changed(30, 4), changed(30, 9)]) {
      await expect(decodePicture(bytes, 'bmp')).rejects.toMatchObject(broken);
    }
  });
});
