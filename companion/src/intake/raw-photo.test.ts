import sharp from 'sharp';
import { expect, it } from 'vitest';
import { readHeader } from '../picture-decoder/process/read-header.ts';
import { rawPhoto } from './fixtures/raw-photo.ts';
import { isRawPhoto } from './raw-photo.ts';
import { sniffFormat } from './sniff.ts';

const tiff = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#468' } })
  .tiff()
  .toBuffer();

/** A TIFF of one directory with one field. */
function oneField(tag: number, type: number, value: number, big = false): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.write(big ? 'MM' : 'II', 'latin1');
  const u16 = (number: number, at: number) => (big ? bytes.writeUInt16BE(number, at) : bytes.writeUInt16LE(number, at));
  const u32 = (number: number, at: number) => (big ? bytes.writeUInt32BE(number, at) : bytes.writeUInt32LE(number, at));
  u16(42, 2);
  u32(8, 4);
  u16(1, 8);
  u16(tag, 10);
  u16(type, 12);
  u32(1, 14);
  if (type === 3) u16(value, 18);
  else u32(value, 18);
  return bytes;
}

it('a raw file is refused by its name, not judged by its preview', async () => {
  const raw = await rawPhoto();
  expect(sniffFormat(raw)).toBe('tiff');
  // The decoder would see nothing but the preview.
  expect(await sharp(raw).metadata()).toMatchObject({ width: 160, height: 120 });
  await expect(readHeader(raw, 'tiff')).rejects.toMatchObject({ code: 'raw-refused' });
});

it.each([false, true])('DNG, linear and Canon raw files are known, big-endian %s', (big) => {
  expect(isRawPhoto(oneField(50_706, 1, 1, big), 'tiff')).toBe(true);
  expect(isRawPhoto(oneField(262, 3, 34_892, big), 'tiff')).toBe(true);
  expect(isRawPhoto(oneField(262, 3, 2, big), 'tiff')).toBe(false);
  const canon = Buffer.concat([oneField(262, 3, 2, big)]);
  canon.write('CR', 8, 'latin1');
  expect(isRawPhoto(canon, 'tiff')).toBe(true);
});

it('any other TIFF is read, and directories in a circle end', async () => {
  expect(await readHeader(tiff, 'tiff')).toMatchObject({ width: 64, height: 64 });
  const circle = oneField(330, 4, 8);
  circle.writeUInt32LE(8, 22);
  expect(isRawPhoto(circle, 'tiff')).toBe(false);
  expect(isRawPhoto(oneField(330, 4, 0xffff_fff0), 'tiff')).toBe(false);
  expect(isRawPhoto(tiff, 'png')).toBe(false);
});
