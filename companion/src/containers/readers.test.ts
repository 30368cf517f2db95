import { describe, expect, it } from 'vitest';
import { jpegQuality } from '../decode/jpeg-quality.ts';
import { chunk, segment } from '../evidence/fixtures/png-chunks.ts';
import { jpegBlocks } from '../evidence/metadata/jpeg-blocks.ts';
import { findCredentials } from '../evidence/provenance/find-credentials.ts';
import { pngFrames } from '../intake/png-frames.ts';
import { withoutPackedText } from '../picture-decoder/process/without-packed-text.ts';
import { bmffBoxes } from './bmff-boxes.ts';
import { sourceOfBytes } from './byte-source.ts';
import { gifBlocks } from './gif-blocks.ts';
import { jpegSegments } from './jpeg-segments.ts';
import { matroskaElements } from './matroska-elements.ts';
import { descend } from './part.ts';
import { pngChunks } from './png-chunks.ts';
import { riffChunks } from './riff-chunks.ts';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const HEADER = chunk('IHDR', Buffer.alloc(13));
const END = chunk('IEND', Buffer.alloc(0));
const SCAN = Buffer.from([0xff, 0xda, 0, 2]);
const START = Buffer.from([0xff, 0xd8]);
/** As annex A.1 of the C2PA specification wants a manifest's segment to begin. */
const MANIFEST = segment(0xeb, Buffer.from('JP\0\x01\0\0\0\x01\0\0\0\x20jumb', 'latin1'));
const EXIF = segment(0xe1, Buffer.from('Exif\0\0II*\0'));
/** Tables of a quality that is no default. */
const TABLES = segment(0xdb, Buffer.concat([Buffer.of(0), Buffer.alloc(64, 3)]));

const box = (name: string, ...content: Buffer[]): Buffer => {
  const body = Buffer.concat([Buffer.from(name), ...content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(4 + body.length);
  return Buffer.concat([length, body]);
};
const names = (parts: Iterable<{ name: string; whole: boolean }>): string[] =>
  Array.from(parts, ({ name, whole }) => (whole ? name : `${name} (cut)`));

/** What metadata, provenance and decoding see of one JPEG. */
const views = (jpeg: Buffer) => ({
  exif: jpegBlocks(jpeg).exif.length > 0,
  credentials: findCredentials(sourceOfBytes(jpeg))?.embedded === true,
  quality: jpegQuality(jpeg) !== undefined,
});
const ALL = { exif: true, credentials: true, quality: true };
const NONE = { exif: false, credentials: false, quality: false };

describe('what one reader finds in a JPEG, the others find', () => {
  const jpeg = (...parts: Buffer[]) => Buffer.concat([START, ...parts, EXIF, MANIFEST, TABLES, SCAN, Buffer.alloc(9)]);
  it('behind a marker without a length, which is not taken for a segment', () => {
    expect(views(jpeg())).toEqual(ALL);
    expect(views(jpeg(Buffer.from([0xff, 0xd3])))).toEqual(ALL);
  });
  it('and nothing behind a second beginning, which is another picture', () => {
    expect(views(jpeg(START))).toEqual(NONE);
  });
  it('and nothing behind thousands of segments or of fill bytes', () => {
    expect(views(jpeg(...Array.from({ length: 2001 }, () => segment(0xfe, Buffer.of(1)))))).toEqual(NONE);
    expect(views(jpeg(Buffer.alloc(5000, 0xff)))).toEqual(NONE);
    expect(views(jpeg(Buffer.alloc(500, 0xff)))).toEqual(ALL);
  });
  it('and no table that the file cuts off, though its first part is there', () => {
    const cut = Buffer.concat([START, segment(0xdb, Buffer.alloc(200, 3))]).subarray(0, 120);
    expect(views(cut)).toEqual(NONE);
  });
});

describe('chunks of a PNG', () => {
  const png = (...chunks: Buffer[]) => Buffer.concat([SIGNATURE, ...chunks]);
  const animation = chunk('acTL', Buffer.from([0, 0, 0, 9, 0, 0, 0, 0]));
  it('are none where the first is no header: such an animation is not counted, and the decoder never sees the file', () => {
    const headless = png(animation, HEADER, END);
    expect(names(pngChunks(sourceOfBytes(headless)))).toEqual([]);
    expect(pngFrames(headless)).toBe(1);
    expect(pngFrames(png(HEADER, animation, END))).toBe(9);
    expect(() => withoutPackedText(headless, 'png')).toThrow(expect.objectContaining({ code: 'broken-picture' }));
  });
  it('end at the end of the picture', () => {
    expect(names(pngChunks(sourceOfBytes(png(HEADER, END, chunk('caBX', Buffer.alloc(4))))))).toEqual(['IHDR', 'IEND']);
  });
  it('say of the last that it is cut off', () => {
    const cut = png(HEADER, chunk('IDAT', Buffer.alloc(50))).subarray(0, 70);
    expect(names(pngChunks(sourceOfBytes(cut)))).toEqual(['IHDR', 'IDAT (cut)']);
  });
  it('do not hide a bomb behind more of them than anyone counts', () => {
    const many = png(HEADER, ...Array.from({ length: 66_000 }, () => chunk('tEXt', Buffer.alloc(0))), END);
    expect(() => withoutPackedText(many, 'png')).toThrow(expect.objectContaining({ code: 'broken-picture' }));
  });
});

it('chunks of a WebP end with the form, whatever stands behind it', () => {
  const form = Buffer.from('RIFF\x0e\0\0\0WEBPVP8X\x01\0\0\0x\0C2PA\x04\0\0\0jumb', 'latin1');
  expect(names(riffChunks(sourceOfBytes(form)))).toEqual(['VP8X']);
  form.writeUInt32LE(form.length - 8, 4);
  expect(names(riffChunks(sourceOfBytes(form)))).toEqual(['VP8X', 'C2PA']);
  form.writeUInt32LE(form.length - 10, 4);
  expect(names(riffChunks(sourceOfBytes(form)))).toEqual(['VP8X', 'C2PA (cut)']);
});

describe('boxes', () => {
  it('are found by their way, and no deeper than it', () => {
    const file = Buffer.concat([
      box('ftyp'),
      box('moov', box('trak', box('mdia')), box('mdia'), box('trak', box('mdia'))),
    ]);
    expect([...descend(sourceOfBytes(file), bmffBoxes, ['moov', 'trak', 'mdia'])]).toHaveLength(2);
  });
  it('that reach beyond what holds them are cut there: encryption is told, credentials are not taken', () => {
    const manifest = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');
    const file = Buffer.concat([box('ftyp', Buffer.from('mp42')), box('uuid', manifest, Buffer.alloc(40))]);
    const cut = file.subarray(0, file.length - 1);
    expect(names(bmffBoxes(sourceOfBytes(cut)))).toEqual(['ftyp', 'uuid (cut)']);
    expect(findCredentials(sourceOfBytes(file))?.embedded).toBe(true);
    expect(findCredentials(sourceOfBytes(cut))?.embedded).toBe(false);
  });
});

it('elements of unknown size reach to the end of what holds them', () => {
  const file = Buffer.from('1a45dfa38018538067ffae8101', 'hex');
  const [head, all] = [...matroskaElements(sourceOfBytes(file))];
  expect(head).toMatchObject({ name: '1a45dfa3', start: 5, end: 5 });
  expect(all).toMatchObject({ name: '18538067', start: 10, end: file.length, whole: true });
});

it('blocks of a GIF end with the trailer, and tell what is cut off', () => {
  const gif = Buffer.from(
    'GIF89a\x01\0\x01\0\0\0\0!\xf9\x04\0\x0a\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;!!',
    'latin1',
  );
  const kinds = (bytes: Buffer) => Array.from(gifBlocks(sourceOfBytes(bytes)), ({ kind, whole }) => [kind, whole]);
  expect(kinds(gif)).toEqual([
    ['extension', true],
    ['image', true],
    ['trailer', true],
  ]);
  expect(kinds(gif.subarray(0, gif.length - 4))).toEqual([
    ['extension', true],
    ['image', false],
  ]);
});

it('segments are views: their offsets lie in the file they came from', () => {
  const jpeg = Buffer.concat([START, EXIF, SCAN]);
  expect([...jpegSegments(sourceOfBytes(jpeg))]).toEqual([
    { marker: 0xe1, start: 6, end: 16 },
    { marker: 0xda, start: 20, end: 20 },
  ]);
});
