import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sourceOfBytes } from '../../containers/byte-source.ts';
import { testPicture } from '../../pipeline/fixtures/test-pictures.ts';
import { findCredentials } from './find-credentials.ts';

const look = (bytes: Uint8Array) => findCredentials(sourceOfBytes(bytes));
const picture = (format: 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif') =>
  testPicture(48, 32).toFormat(format).toBuffer();

/** Head of a JUMBF superbox as APP11 carries it: "JP", instance, sequence, length, type. */
const JUMBF = Buffer.concat([Buffer.from('JP\0\x01\0\0\0\x01\0\0\0\x40jumb', 'latin1'), Buffer.alloc(48)]);

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}
function chunk(type: string, data: Buffer, sum?: number): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length);
  body.copy(out, 4);
  out.writeUInt32BE(sum ?? crc32(body), body.length + 4);
  return out;
}
const insert = (into: Buffer, at: number, what: Buffer) =>
  Buffer.concat([into.subarray(0, at), what, into.subarray(at)]);
const IHDR_END = 33;

describe('JPEG', () => {
  it('has them in APP11 before the first scan', async () => {
    const jpeg = await picture('jpeg');
    expect(look(insert(jpeg, 2, segment(0xeb, JUMBF)))).toEqual({
      format: 'image/jpeg',
      embedded: true,
      remote: false,
    });
  });

  it.each([
    ['after the end', (jpeg: Buffer) => Buffer.concat([jpeg, segment(0xeb, JUMBF)])],
    ['in a comment', (jpeg: Buffer) => insert(jpeg, 2, segment(0xfe, Buffer.concat([segment(0xeb, JUMBF), JUMBF])))],
    [
      'in a picture nested in Exif',
      (jpeg: Buffer) => insert(jpeg, 2, segment(0xe1, insert(jpeg, 2, segment(0xeb, JUMBF)))),
    ],
    ['in APP11 of another kind', (jpeg: Buffer) => insert(jpeg, 2, segment(0xeb, Buffer.from('HDR_RI ver=11 jumb')))],
    ['in a segment longer than the file', (jpeg: Buffer) => insert(jpeg, 2, Buffer.from([0xff, 0xeb, 0xff, 0xff]))],
  ])('has none %s', async (_, hide) => {
    expect(look(hide(await picture('jpeg')))?.embedded).toBe(false);
  });
});

describe('PNG', () => {
  it('has them in caBX with a right checksum', async () => {
    expect(look(insert(await picture('png'), IHDR_END, chunk('caBX', JUMBF)))?.embedded).toBe(true);
  });

  it.each([
    ['with a wrong checksum', (png: Buffer) => insert(png, IHDR_END, chunk('caBX', JUMBF, 1))],
    ['after IEND', (png: Buffer) => Buffer.concat([png, chunk('caBX', JUMBF)])],
    [
      'in a text chunk',
      (png: Buffer) => insert(png, IHDR_END, chunk('tEXt', Buffer.concat([Buffer.from('a\0'), chunk('caBX', JUMBF)]))),
    ],
    ['before IHDR', (png: Buffer) => insert(png, 8, chunk('caBX', JUMBF))],
  ])('has none %s', async (_, hide) => {
    expect(look(hide(await picture('png')))?.embedded).toBe(false);
  });
});

describe('other containers', () => {
  it('WebP has them inside its form, not after', async () => {
    const webp = await picture('webp');
    const c2pa = Buffer.concat([Buffer.from('C2PA\x40\0\0\0', 'latin1'), JUMBF]);
    const inside = Buffer.concat([webp, c2pa]);
    expect(look(inside)?.embedded).toBe(false);
    inside.writeUInt32LE(inside.length - 8, 4);
    expect(look(inside)?.embedded).toBe(true);
  });

  it('GIF has them in an application extension, not after its trailer', async () => {
    const gif = await picture('gif');
    const extension = Buffer.from('\x21\xff\x0bC2PA_GIF\x01\0\0\x04jumb\0', 'latin1');
    expect(look(Buffer.concat([gif, extension]))?.embedded).toBe(false);
    expect(look(Buffer.concat([gif.subarray(0, -1), extension, gif.subarray(-1)]))?.embedded).toBe(true);
  });

  it('AVIF has them in a uuid box of the top level, not inside other boxes', async () => {
    const avif = await picture('avif');
    const uuid = Buffer.from(`0000003075756964d8fec3d61b0e483c92975828877ec481${'00'.repeat(24)}`, 'hex');
    expect(look(Buffer.concat([avif, uuid]))).toMatchObject({ format: 'image/avif', embedded: true });
    const free = Buffer.alloc(8 + uuid.length);
    free.writeUInt32BE(free.length);
    free.write('free', 4);
    uuid.copy(free, 8);
    expect(look(Buffer.concat([avif, free]))?.embedded).toBe(false);
  });

  it('what is no picture or video has none', () => {
    for (const text of ['', 'x', 'RIFF0000WAVE', '%PDF-1.7', '<svg xmlns:c2pa="http://c2pa.org/manifest"/>']) {
      expect(look(Buffer.from(text))).toBeUndefined();
    }
  });

  it('survives every file cut short', async () => {
    for (const format of ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const) {
      const bytes = await picture(format);
      for (let length = 0; length < Math.min(bytes.length, 400); length++) look(bytes.subarray(0, length));
    }
  });
});
