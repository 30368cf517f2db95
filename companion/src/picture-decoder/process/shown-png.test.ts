import { describe, expect, it } from 'vitest';
import { sourceOfBytes } from '../../containers/byte-source.ts';
import { pngChunks } from '../../containers/png-chunks.ts';
import { chunk } from '../../evidence/fixtures/png-chunks.ts';
import { testPicture } from '../../pipeline/fixtures/test-pictures.ts';
import { decodePicture } from './decode-picture.ts';
import { shownPng } from './shown-png.ts';

const SIZE = { width: 64, height: 48 } as const;
const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const shown = await testPicture(SIZE.width, SIZE.height, 1).png().toBuffer();
const hidden = await testPicture(SIZE.width, SIZE.height, 2).png().toBuffer();

const part = (png: Buffer, of: string): Buffer =>
  Buffer.concat(
    Array.from(pngChunks(sourceOfBytes(png)))
      .filter(({ name }) => name === of)
      .map(({ start, end }) => png.subarray(start, end)),
  );
const numbers = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index);
  return bytes;
};
const control = (sequence: number, width: number = SIZE.width): Buffer =>
  chunk('fcTL', Buffer.concat([numbers(sequence, width, SIZE.height, 0, 0), Buffer.alloc(6)]));
const frame = (sequence: number, png: Buffer): Buffer =>
  chunk('fdAT', Buffer.concat([numbers(sequence), part(png, 'IDAT')]));
const file = (...chunks: Buffer[]): Buffer =>
  Buffer.concat([
    SIGNATURE,
    chunk('IHDR', part(shown, 'IHDR')),
    chunk('acTL', numbers(2, 0)),
    ...chunks,
    chunk('IEND', Buffer.alloc(0)),
  ]);
const still = (png: Buffer): Buffer => chunk('IDAT', part(png, 'IDAT'));

describe('an animated PNG', () => {
  it('whose picture is hidden is judged by the frame that people see', async () => {
    const bytes = file(still(hidden), control(0), frame(1, shown), control(2), frame(3, hidden));
    const [seen, expected] = [await decodePicture(bytes, 'png'), await decodePicture(shown, 'png')];
    expect(Buffer.compare(seen.data, expected.data)).toBe(0);
  });
  it('that begins with its picture stays as it is, and so does any other', () => {
    const bytes = file(control(0), still(shown), control(1), frame(2, hidden));
    expect(shownPng(bytes)).toBe(bytes);
    expect(shownPng(shown)).toBe(shown);
    const cut = file(still(hidden), control(0), frame(1, shown)).subarray(0, 900);
    expect(shownPng(cut)).toBe(cut);
  });
  it('whose first frame covers a part is refused', async () => {
    const bytes = file(still(hidden), control(0, 32), frame(1, shown));
    await expect(decodePicture(bytes, 'png')).rejects.toMatchObject({ code: 'unsupported-format' });
  });
});
