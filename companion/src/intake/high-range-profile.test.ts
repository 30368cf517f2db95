import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { chunk, segment, withChunks, withSegments } from '../evidence/fixtures/png-chunks.ts';
import { readHeader } from '../picture-decoder/process/read-header.ts';
import { isHighRangeProfile } from './high-range-profile.ts';

const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: '#468' } });
const jpeg = await picture.clone().jpeg().toBuffer();
const png = await picture.clone().png().toBuffer();

/** A colour profile of nothing but these tags. */
function profile(tags: Readonly<Record<string, Buffer>>): Buffer {
  const entries = Object.entries(tags);
  const head = Buffer.alloc(128 + 4 + 12 * entries.length);
  head.writeUInt32BE(entries.length, 128);
  let at = head.length;
  for (const [index, [name, value]] of entries.entries()) {
    head.write(name, 132 + 12 * index, 'latin1');
    head.writeUInt32BE(at, 136 + 12 * index);
    head.writeUInt32BE(value.length, 140 + 12 * index);
    at += value.length;
  }
  const whole = Buffer.concat([head, ...Object.values(tags)]);
  whole.writeUInt32BE(whole.length);
  return whole;
}
const numbers = (transfer: number): Buffer => Buffer.from([...Buffer.from('cicp\0\0\0\0'), 9, transfer, 0, 1]);
const oldName = (name: string): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(name.length + 1);
  return Buffer.concat([Buffer.from('desc\0\0\0\0'), length, Buffer.from(name.padEnd(30, '\0'))]);
};
const newName = (name: string): Buffer => {
  const text = Buffer.from(name, 'utf16le').swap16();
  const head = Buffer.alloc(28);
  head.write('mluc');
  head.writeUInt32BE(1, 8);
  head.writeUInt32BE(12, 12);
  head.write('enUS', 16);
  head.writeUInt32BE(text.length, 20);
  head.writeUInt32BE(28, 24);
  return Buffer.concat([head, text]);
};

describe('a colour profile of high dynamic range', () => {
  it.each<[string, boolean, Record<string, Buffer>]>([
    ['PQ by its numbers', true, { desc: oldName('Something'), cicp: numbers(16) }],
    ['HLG by its numbers', true, { cicp: numbers(18) }],
    ['PQ by its name', true, { desc: oldName('Rec. ITU-R BT.2100 PQ') }],
    ['PQ by its name in a newer form', true, { desc: newName('Display P3 PQ') }],
    ['PQ by the name of a note', true, { desc: newName('ITUR_2100_PQ_FULL') }],
    ['none by its numbers, whatever its name', false, { cicp: numbers(13), desc: oldName('a PQ') }],
    ['none by its name', false, { desc: newName('Display P3') }],
    ['none by letters in a word', false, { desc: oldName('EPQ-7 printer') }],
    ['none', false, {}],
  ])('%s', (_, expected, tags) => {
    expect(isHighRangeProfile(profile(tags))).toBe(expected);
  });
  it('is read no further than it goes', () => {
    const whole = profile({ desc: newName('Display P3 PQ'), cicp: numbers(16) });
    for (let end = 0; end < whole.length; end++) isHighRangeProfile(whole.subarray(0, end));
    whole.writeUInt32BE(0xffff_ffff, 128);
    expect(isHighRangeProfile(whole)).toBe(true);
    expect(isHighRangeProfile(undefined)).toBe(false);
  });
});

describe('a picture with such a profile', () => {
  const inJpeg = (icc: Buffer): Buffer =>
    withSegments(jpeg, segment(0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), icc])));
  const inPng = (name: string, ...more: Buffer[]): Buffer =>
    withChunks(png, chunk('iCCP', Buffer.concat([Buffer.from(`${name}\0\0`), deflateSync(profile({}))])), ...more);

  it('is refused by its name', async () => {
    const hdr = { code: 'hdr-refused' };
    await expect(readHeader(inJpeg(profile({ cicp: numbers(16) })), 'jpeg')).rejects.toMatchObject(hdr);
    await expect(readHeader(inPng('ITUR_2100_PQ_FULL'), 'png')).rejects.toMatchObject(hdr);
  });
  it('is read with any other, and in a PNG where its own numbers say otherwise', async () => {
    expect(await readHeader(inJpeg(profile({ cicp: numbers(1) })), 'jpeg')).toMatchObject({ width: 64 });
    expect(await readHeader(inPng('Display P3'), 'png')).toMatchObject({ width: 64 });
    const told = inPng('ITUR_2100_PQ_FULL', chunk('cICP', Buffer.of(1, 13, 0, 1)));
    expect(await readHeader(told, 'png')).toMatchObject({ width: 64 });
  });
});
