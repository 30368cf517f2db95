import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { segment, withSegments } from '../../evidence/fixtures/png-chunks.ts';
import { tiffFile } from '../../evidence/fixtures/tiff-file.ts';
import { testPicture } from '../../pipeline/fixtures/test-pictures.ts';
import { type DecodedPicture, decodePicture, tookTooLong } from './decode-picture.ts';
import { readHeader } from './read-header.ts';

const STRAY = Buffer.from([0, 7, 0xff, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);

const jpeg = await testPicture(200, 152).jpeg({ quality: 90 }).toBuffer();
const progressive = await testPicture(200, 152).jpeg({ progressive: true }).toBuffer();

/** Pixels by their hash: a difference of a hundred thousand numbers tells nobody anything. */
const told = ({ data, ...rest }: DecodedPicture) => ({
  ...rest,
  pixels: createHash('sha256').update(data).digest('hex'),
});
const expected = await decodePicture(jpeg, 'jpeg');

/** The JPEG with bytes before the first segment of a kind. */
function strayBefore(marker: number, whole: Buffer = jpeg): Buffer {
  const at = whole.indexOf(Buffer.of(0xff, marker));
  return Buffer.concat([whole.subarray(0, at), STRAY, whole.subarray(at)]);
}

const without = (whole: Buffer, bytes: number): Buffer => whole.subarray(0, whole.length - bytes);

describe('a whole photograph that the strict decoder stumbles over', () => {
  it.each([
    ['tables of colours', 0xdb],
    ['tables of codes', 0xc4],
    ['the frame', 0xc0],
    ['the scan', 0xda],
  ])('for bytes before %s has the pixels that it would have without them', async (_, marker) => {
    expect(told(await decodePicture(strayBefore(marker), 'jpeg'))).toEqual(told(expected));
  });
  it('for bytes before its metadata', async () => {
    const exif = segment(0xe1, Buffer.from('Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0', 'latin1'));
    expect(told(await decodePicture(strayBefore(0xe1, withSegments(jpeg, exif)), 'jpeg'))).toEqual(told(expected));
  });
  it('for a revision of JFIF that nobody knows', async () => {
    const bytes = withSegments(jpeg, segment(0xe0, Buffer.from('JFIF\0\x03\x02\0\0\x01\0\x01\0\0', 'latin1')));
    await expect(sharp(bytes).raw().toBuffer()).rejects.toThrow(/unknown JFIF revision/);
    expect(told(await decodePicture(bytes, 'jpeg'))).toEqual(told(expected));
  });
  it('for text of a TIFF that ends without a zero', async () => {
    // Of more than one row of tiles: the decoder names each that it stopped at.
    const pixels = await testPicture(360, 240).raw().toBuffer();
    const tiff = tiffFile(360, 240, pixels, [{ tag: 271, text: 'Scanner\0' }]);
    const changed = tiffFile(360, 240, pixels, [{ tag: 271, text: 'Scanners' }]);
    await expect(sharp(changed).raw().toBuffer()).rejects.toThrow(/null byte/);
    expect(told(await decodePicture(changed, 'tiff'))).toEqual(told(await decodePicture(tiff, 'tiff')));
  });
});

describe('a photograph without its end', () => {
  it.each([
    ['baseline', jpeg],
    ['progressive', progressive],
  ])('marker alone is whole, and told: %s', async (_, whole) => {
    const seen = told(await decodePicture(whole, 'jpeg'));
    expect(told(await decodePicture(without(whole, 2), 'jpeg'))).toEqual({ ...seen, cut: true });
  });
  it('has all rows but for the last blocks when a few bytes are missing', async () => {
    const { data, cut, height, width } = await decodePicture(without(jpeg, 16), 'jpeg');
    expect({ cut, height }).toEqual({ cut: true, height: 152 });
    const end = 120 * width * 3;
    expect(Buffer.compare(data.subarray(0, end), expected.data.subarray(0, end))).toBe(0);
  });
  it.each([0.85, 0.5, 0.1])('is refused where rows are missing: %d of it', async (share) => {
    const cut = decodePicture(jpeg.subarray(0, jpeg.length * share), 'jpeg').then(told);
    await expect(cut).rejects.toMatchObject({ code: 'broken-picture' });
  });
});

it('bytes changed inside the image data are damage still', async () => {
  const damaged = Buffer.from(jpeg);
  damaged.fill(0xff, jpeg.length >> 1, (jpeg.length >> 1) + 9);
  await expect(decodePicture(damaged, 'jpeg')).rejects.toMatchObject({ code: 'broken-picture' });
  await expect(decodePicture(without(damaged, 2), 'jpeg')).rejects.toMatchObject({ code: 'broken-picture' });
});

describe('a photograph with more pixels than are decoded', () => {
  it('is halved by the decoder, and stands as it is shown', async () => {
    const turned = await testPicture(200, 152).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { width, height, halved } = await decodePicture(turned, 'jpeg', 200 * 151);
    expect({ width, height, halved }).toEqual({ width: 76, height: 100, halved: true });
    expect(await decodePicture(turned, 'jpeg', 200 * 152)).toMatchObject({ width: 152, height: 200, halved: false });
  });
  it('passes the header as a JPEG of phones alone', async () => {
    const sized = (width: number, height: number): Buffer => {
      const copy = Buffer.from(jpeg);
      const frame = copy.indexOf(Buffer.of(0xff, 0xc0));
      copy.writeUInt16BE(height, frame + 5);
      copy.writeUInt16BE(width, frame + 7);
      return copy;
    };
    expect(await readHeader(sized(16_320, 12_240), 'jpeg')).toMatchObject({ width: 16_320, height: 12_240 });
    await expect(readHeader(sized(20_000, 15_000), 'jpeg')).rejects.toMatchObject({ code: 'too-many-pixels' });
  });
});

it('a picture library that ran out of time says so, and no picture is called damaged for it', async () => {
  const slow = sharp({ create: { width: 8000, height: 8000, channels: 3, background: '#345' } });
  const said = await slow
    .blur(300)
    .timeout({ seconds: 1 })
    .raw()
    .toBuffer()
    .then(
      () => '',
      (error: unknown) => String(error instanceof Error ? error.message : error),
    );
  expect(tookTooLong(said)).toBe(true);
  expect(tookTooLong('VipsJpeg: premature end of JPEG image')).toBe(false);
});
