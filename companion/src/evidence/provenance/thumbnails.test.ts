import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { testDecoder } from '../../picture-decoder/fixtures/test-decoder.ts';
import { withThumbnails } from './thumbnails.ts';

const ingredient = { title: 'before.jpg', relationship: 'parentOf', ingredients: [] };
const picture = sharp({ create: { width: 40, height: 30, channels: 3, background: '#468' } });

async function shown(bytes: Uint8Array): Promise<string | undefined> {
  const [first] = await withThumbnails([ingredient], [{ path: [0], bytes }], testDecoder);
  return first?.thumbnail;
}

describe('thumbnails of ingredients', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('that are %s', async (format) => {
    expect(await shown(await picture.clone().toFormat(format).toBuffer())).toMatch(/^data:image\/jpeg;base64,/);
  });
  it('that are drawings are never drawn', async () => {
    const drawing =
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>';
    expect(await shown(Buffer.from(drawing))).toBeUndefined();
  });
  it('that are nothing', async () => {
    expect(await shown(new Uint8Array(0))).toBeUndefined();
  });
});
