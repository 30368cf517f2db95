import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sniffFormat } from '../../intake/sniff.ts';
import { readHeader } from '../../picture-decoder/process/read-header.ts';
import { exifBlock, type WrittenField } from '../fixtures/exif-block.ts';
import { segment, withSegments } from '../fixtures/png-chunks.ts';
import { A1111 } from '../fixtures/settings.ts';
import { readExifFields } from './exif-fields.ts';
import { readMetadata } from './read-metadata.ts';

const [BYTE, ASCII, SHORT, UNDEFINED, UTF8] = [1, 2, 3, 7, 129];
const TAG = { make: 0x010f, model: 0x0110, software: 0x0131, artist: 0x013b, comment: 0x9286, title: 0x9c9b } as const;
const jpeg = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#468' } })
  .jpeg()
  .toBuffer();

const text = (tag: number, value: string, type: number = ASCII): WrittenField => ({
  tag,
  type,
  bytes: Buffer.from(`${value}\0`),
});
const CAMERA = [text(TAG.make, 'Canon'), text(TAG.model, 'Canon EOS R5')];
const withExif = (block: Buffer): Buffer =>
  withSegments(jpeg, segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), block])));

async function findings(block: Buffer) {
  const bytes = withExif(block);
  const { evidence, facts } = readMetadata(bytes, await readHeader(bytes, sniffFormat(bytes)));
  return { codes: evidence.map(({ code }) => code), facts: facts.map(({ name, value }) => `${name}: ${value}`) };
}

describe('a text of an odd type is text still', () => {
  it.each([
    ['bytes', BYTE],
    ['text', ASCII],
    ['signed bytes', 6],
    ['bytes of no kind', UNDEFINED],
    ['UTF-8 of Exif 3.0', UTF8],
  ])('%s', async (_, type) => {
    for (const big of [false, true]) {
      const block = exifBlock(
        [text(TAG.software, 'Adobe Firefly 3', type), text(TAG.artist, 'Jürgen 猫', type)],
        [],
        big,
      );
      expect(await findings(block)).toEqual({
        codes: ['generator-software'],
        facts: expect.arrayContaining(['Software: Adobe Firefly 3', 'Author: Jürgen 猫']),
      });
    }
  });
  it('one byte a letter where it is no UTF-8, and UTF-16 where its mark says so', () => {
    const latin = { tag: TAG.artist, type: ASCII, bytes: Buffer.from('Jürgen\0', 'latin1') };
    const marked = { tag: TAG.software, type: UNDEFINED, bytes: Buffer.from('\ufeffGIMP\0', 'utf16le') };
    const fields = readExifFields(exifBlock([latin, marked]));
    expect([fields.get('Artist'), fields.get('Software')]).toEqual(['Jürgen', 'GIMP']);
  });
  it('no number: a maker that is one is none', () => {
    const number = { tag: TAG.make, type: 4, bytes: Buffer.from('Cano') };
    expect(readExifFields(exifBlock([number])).get('Make')).toBeUndefined();
  });
});

describe('settings in a comment', () => {
  const utf16 = (big: boolean): Buffer => {
    const body = Buffer.from(A1111, 'utf16le');
    return Buffer.concat([Buffer.from('UNICODE\0'), big ? body.swap16() : body]);
  };
  it.each([
    ['as text', ASCII, utf16(false)],
    ['as bytes', BYTE, utf16(false)],
    ['as pairs of bytes', SHORT, utf16(true)],
    ['as UTF-8', UTF8, Buffer.from(A1111)],
  ])('%s', async (_, type, bytes) => {
    const field = { tag: TAG.comment, type, bytes };
    expect((await findings(exifBlock([], [field]))).codes).toEqual(['generator-metadata']);
  });
  it('in the main directory, where some programs put it', async () => {
    const field = { tag: TAG.comment, type: UNDEFINED, bytes: utf16(false) };
    expect((await findings(exifBlock([field]))).codes).toEqual(['generator-metadata']);
  });
  it('with a count that reaches beyond the block', async () => {
    const field = { tag: TAG.comment, type: UNDEFINED, bytes: utf16(false), count: 5_000_000 };
    expect((await findings(exifBlock(CAMERA, [field]))).codes).toContain('generator-metadata');
  });
});

it('a title of Windows is UTF-16 whatever its type', () => {
  for (const type of [BYTE, ASCII, UNDEFINED]) {
    const field = { tag: TAG.title, type, bytes: Buffer.from('Hafen 港\0', 'utf16le') };
    expect(readExifFields(exifBlock([field])).get('XPTitle')).toBe('Hafen 港');
  }
});

it('a text ends at its zero, and a copyright names two', () => {
  const make = { tag: TAG.make, type: ASCII, bytes: Buffer.from('Canon\0\0old text\0') };
  const copyright = { tag: 0x8298, type: ASCII, bytes: Buffer.from('A. Photo\0E. Ditor\0') };
  const fields = readExifFields(exifBlock([make, copyright]));
  expect([fields.get('Make'), fields.get('Copyright')]).toEqual(['Canon', 'A. Photo; E. Ditor']);
});

it('a value that lies outside the block is absent, and the others are there', () => {
  const block = exifBlock([text(TAG.software, 'Firmware 1.2.3'), ...CAMERA]);
  block.writeUInt32LE(0xfff0_0000, 8 + 2 + 8);
  const fields = readExifFields(block);
  expect([fields.get('Software'), fields.get('Model')]).toEqual([undefined, 'Canon EOS R5']);
});

/** Tags whose numbers are shown, positions among them, and those that point to directories. */
const NUMBERS = [0x829a, 0x829d, 0x8827, 0x920a, 0x9209, 0x0112, 0xa405, 0x8825, 0xa005];
const odd = fc.record({
  tag: fc.constantFrom(...NUMBERS),
  type: fc.constantFrom(0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 12, 13, 129, 999),
  bytes: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  count: fc.oneof(fc.nat(12), fc.constantFrom(0xffff, 0x7fff_ffff, 0xffff_ffff)),
});

it('whatever type and count a number claims, no fact is nonsense and the camera stays', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(odd, { maxLength: 4 }),
      fc.array(odd, { maxLength: 4 }),
      fc.boolean(),
      async (main, exif, big) => {
        const { codes, facts } = await findings(exifBlock([...CAMERA, ...main], exif, big));
        expect(codes).toEqual(['camera-metadata']);
        for (const fact of facts) expect(fact).not.toMatch(/NaN|Infinity|undefined|faulty|object/);
      },
    ),
    { numRuns: 300, seed: 20_260_811 },
  );
});
