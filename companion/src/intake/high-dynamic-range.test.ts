import sharp from 'sharp';
import { expect, it } from 'vitest';
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
