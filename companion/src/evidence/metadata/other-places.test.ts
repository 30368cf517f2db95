import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sniffFormat } from '../../intake/sniff.ts';
import { readHeader } from '../../picture-decoder/process/read-header.ts';
import { segment, withSegments } from '../fixtures/png-chunks.ts';
import { A1111, declaredSource, xmpPacket } from '../fixtures/settings.ts';
import { tiffFile } from '../fixtures/tiff-file.ts';
import { readMetadata } from './read-metadata.ts';

const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: '#468' } });
const jpeg = await picture.clone().jpeg().toBuffer();
const gif = await picture.clone().gif().toBuffer();

async function codes(bytes: Buffer): Promise<(string | undefined)[]> {
  return readMetadata(bytes, await readHeader(bytes, sniffFormat(bytes))).evidence.map(({ code }) => code);
}

const xmpSegment = (packet: string): Buffer => segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${packet}`));
const emptyExif = segment(0xe1, Buffer.from('Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0', 'latin1'));
const AI = declaredSource('trainedAlgorithmicMedia');

/** Segments of an extended packet. @param guid as they claim it */
function extended(packet: string, guid: string): Buffer[] {
  const whole = Buffer.from(packet);
  const parts = [whole.subarray(0, 100), whole.subarray(100)];
  return parts.map((part, index) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(whole.length);
    head.writeUInt32BE(index * 100, 4);
    return segment(0xe1, Buffer.concat([Buffer.from(`http://ns.adobe.com/xmp/extension/\0${guid}`), head, part]));
  });
}
const md5 = (text: string): string => createHash('md5').update(text).digest('hex').toUpperCase();
const naming = (guid: string): Buffer =>
  xmpSegment(xmpPacket(`xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="${guid}"/>`));

describe('a JPEG', () => {
  it('says in a second packet what the first does not say', async () => {
    const first = xmpSegment(xmpPacket('xmp:CreatorTool="Camera 1"/>'));
    expect(await codes(withSegments(jpeg, first, xmpSegment(AI)))).toEqual(['declared-ai-source']);
  });
  it('says it in the extended packet, in any order', async () => {
    const [one, two] = extended(AI, md5(AI));
    if (!one || !two) throw new Error('two parts');
    expect(await codes(withSegments(jpeg, naming(md5(AI)), two, one))).toEqual(['declared-ai-source']);
  });
  it('does not where a part is missing, twice there or of another packet', async () => {
    const parts = extended(AI, md5(AI));
    expect(await codes(withSegments(jpeg, naming(md5(AI)), ...parts.slice(0, 1)))).toEqual([]);
    expect(await codes(withSegments(jpeg, naming(md5('x')), ...parts))).toEqual([]);
    expect(await codes(withSegments(jpeg, naming(md5(AI)), ...parts, ...parts))).toEqual([]);
    expect(await codes(withSegments(jpeg, ...parts))).toEqual([]);
  });
  it('names its camera in a second block where the first is empty', async () => {
    const { exif = Buffer.alloc(0) } = await sharp(
      await picture
        .clone()
        .withExif({ IFD0: { Make: 'Google', Model: 'Pixel 7a' } })
        .jpeg()
        .toBuffer(),
    ).metadata();
    expect(await codes(withSegments(jpeg, emptyExif, segment(0xe1, exif)))).toEqual(['camera-metadata']);
  });
  it('does not name a game as a camera', async () => {
    for (const [Make, Model] of [
      ['Polyphony Digital Inc.', 'Gran Turismo 5'],
      ['Sony Interactive Entertainment Inc.', 'PlayStation®5'],
      ['Nintendo co., ltd', 'HAC'],
      ['Microsoft', 'Xbox Series X'],
    ] as const) {
      expect(await codes(await picture.clone().withExif({ IFD0: { Make, Model } }).jpeg().toBuffer()), Make).toEqual(
        [],
      );
    }
    for (const [Make, Model] of [
      ['SONY', 'ILCE-7M4'],
      ['Nintendo', 'Nintendo 3DS'],
      ['Microsoft', 'Lumia 950'],
    ] as const) {
      const bytes = await picture.clone().withExif({ IFD0: { Make, Model } }).jpeg().toBuffer();
      expect(await codes(bytes), Make).toEqual(['camera-metadata']);
    }
  });
});

describe('a TIFF', () => {
  const credit = Buffer.concat([Buffer.from([0x1c, 2, 110, 0, 19]), Buffer.from('Made with Google AI')]);
  const resource = Buffer.concat([Buffer.from('8BIM\x04\x04\0\0\0\0\0\x18', 'latin1'), credit]);
  it.each([
    ['IPTC', 33_723, credit],
    ['image resources', 34_377, resource],
  ])('says it in its %s', async (_, tag, bytes) => {
    const pixels = await picture.clone().raw().toBuffer();
    expect(await codes(tiffFile(64, 64, pixels, [{ tag, bytes }]))).toEqual(['generator-software']);
  });
});

describe('a GIF', () => {
  const [head, rest] = [gif.subarray(0, gif.indexOf(Buffer.of(0x2c))), gif.subarray(gif.indexOf(Buffer.of(0x2c)))];
  const blocks = (text: string): Buffer => {
    const parts: Buffer[] = [];
    for (let at = 0; at < text.length; at += 255) {
      const part = Buffer.from(text.slice(at, at + 255));
      parts.push(Buffer.of(part.length), part);
    }
    return Buffer.concat([...parts, Buffer.of(0)]);
  };
  const withComment = (text: string): Buffer => Buffer.concat([head, Buffer.of(0x21, 0xfe), blocks(text), rest]);
  it('carries settings in its comment, over sub-blocks', async () => {
    expect(await codes(withComment(`${'a very long wish, '.repeat(30)}${A1111}`))).toEqual(['generator-metadata']);
    expect(await codes(withComment('made with Stable Diffusion'))).toEqual([]);
  });
  it('carries XMP', async () => {
    const trailer = Buffer.from([1, ...Array.from({ length: 256 }, (_, index) => 255 - index), 0]);
    const packet = Buffer.concat([Buffer.from('\x21\xff\x0bXMP DataXMP', 'latin1'), Buffer.from(AI), trailer]);
    expect(await codes(Buffer.concat([head, packet, rest]))).toEqual(['declared-ai-source']);
  });
});
