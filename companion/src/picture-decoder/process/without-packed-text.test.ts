import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { internationalText, packedText, textChunk, withChunks } from '../../evidence/fixtures/png-chunks.ts';
import { decodePicture } from './decode-picture.ts';
import { readHeader } from './read-header.ts';
import { withoutPackedText } from './without-packed-text.ts';

const png = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#468' } })
  .png()
  .toBuffer();
const bombs = Array.from({ length: 20 }, (_, i) => packedText(`bomb${i}`, 'b'.repeat(2_000_000)));

describe('PNG before the decoder', () => {
  it('loses packed text that could be a bomb, and nothing else', async () => {
    const bytes = withChunks(png, textChunk('Title', 'x'), ...bombs);
    expect(withoutPackedText(bytes, 'png')).toEqual(withChunks(png, textChunk('Title', 'x')));
    expect(await readHeader(bytes, 'png')).toMatchObject({ width: 64, height: 48 });
    expect(await decodePicture(bytes, 'png')).toMatchObject({ width: 64, height: 48 });
  });
  it('keeps text of ordinary size, and other formats, as they are', () => {
    const bytes = withChunks(png, packedText('parameters', 'a cat'), internationalText('Title', 'x'));
    expect(withoutPackedText(bytes, 'png')).toBe(bytes);
    const large = Buffer.alloc(100_000);
    expect(withoutPackedText(large, 'jpeg')).toBe(large);
  });
  it('ends where the lengths end', () => {
    const cut = withChunks(png, ...bombs).subarray(0, 20_000);
    expect(withoutPackedText(cut, 'png').length).toBeLessThan(cut.length);
  });
});
