import sharp from 'sharp';
import { expect, it } from 'vitest';
import { av1Transfer } from '../containers/av1-sequence.ts';
import { bmffItems } from '../containers/bmff-items.ts';
import { sourceOfBytes } from '../containers/byte-source.ts';
import { chunk, withChunks } from '../evidence/fixtures/png-chunks.ts';
import { box } from '../evidence/fixtures/tagged-video.ts';
import { readHeader } from '../picture-decoder/process/read-header.ts';
import { isHighDynamicRange } from './high-dynamic-range.ts';

const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: '#468' } });
const png = await picture.clone().png().toBuffer();
const avif = await picture.clone().avif({ effort: 0 }).toBuffer();

/** The beginning of an AVIF whose colours are described by numbers. */
function avifOf(transfer: number): Buffer {
  const colours = box('colr', Buffer.from('nclx'), Buffer.of(0, 9, 0, transfer, 0, 9, 0x80));
  return Buffer.concat([
    box('ftyp', Buffer.from('avif')),
    box('meta', Buffer.alloc(4), box('iprp', box('ipco', colours))),
  ]);
}

/** Bits of a sequence header as still pictures have it, with 10 bits a channel. @param transfer absent: none is named */
function sequenceHeader(transfer?: number): Buffer {
  const of = (value: number, bits: number): string => value.toString(2).padStart(bits, '0');
  const colours = transfer === undefined ? '0' : `1${of(9, 8)}${of(transfer, 8)}${of(9, 8)}`;
  // Profile 0, still, short form; level; widths of the sizes, and the sizes; tools; deep, not grey.
  const bits = `00011${of(4, 5)}${of(5, 4)}${of(5, 4)}${of(63, 6)}${of(63, 6)}${of(0, 6)}10${colours}`.padEnd(128, '0');
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  // A delimiter, then the header with its size.
  return Buffer.concat([Buffer.of(0x12, 0), Buffer.of(0x0a, bytes.length), bytes]);
}

/** An AVIF whose container says nothing of its colours. */
function silentAvif(picture: Buffer): Buffer {
  const brand = box('ftyp', Buffer.from('avif'));
  const table = (place: number): Buffer => {
    const bytes = Buffer.from([0, 0, 0, 0, 0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    bytes.writeUInt32BE(place, 14);
    bytes.writeUInt32BE(picture.length, 18);
    return box('meta', Buffer.alloc(4), box('iloc', bytes));
  };
  const place = brand.length + table(0).length + 8;
  return Buffer.concat([brand, table(place), box('mdat', picture)]);
}

it('a picture whose container is silent is known by its own header', () => {
  expect(isHighDynamicRange(silentAvif(sequenceHeader(16)), 'avif')).toBe(true);
  expect(isHighDynamicRange(silentAvif(sequenceHeader(18)), 'avif')).toBe(true);
  for (const other of [sequenceHeader(13), sequenceHeader(), Buffer.alloc(9), Buffer.of(0x0a, 200)])
    expect(isHighDynamicRange(silentAvif(other), 'avif')).toBe(false);
  // What the container says counts.
  const told = Buffer.concat([avifOf(13), silentAvif(sequenceHeader(16))]);
  expect(isHighDynamicRange(told, 'avif')).toBe(false);
});

it('the header of a real picture says what its container says', () => {
  const items = [...bmffItems(sourceOfBytes(avif))];
  expect(items.length).toBeGreaterThan(0);
  // sRGB, as everything that is written without another wish.
  expect(items.map(({ start, end }) => av1Transfer(avif.subarray(start, end)))).toContain(13);
});

it.each([16, 18])('a picture for screens of high range is refused by its name, transfer %i', async (transfer) => {
  const told = withChunks(png, chunk('cICP', Buffer.of(9, transfer, 0, 1)));
  await expect(readHeader(told, 'png')).rejects.toMatchObject({ code: 'hdr-refused' });
  expect(isHighDynamicRange(avifOf(transfer), 'avif')).toBe(true);
});

it('any other is read', async () => {
  expect(await readHeader(withChunks(png, chunk('cICP', Buffer.of(1, 13, 0, 1))), 'png')).toMatchObject({ width: 64 });
  expect(await readHeader(avif, 'avif')).toMatchObject({ width: 64 });
  expect(isHighDynamicRange(avifOf(13), 'avif')).toBe(false);
});
