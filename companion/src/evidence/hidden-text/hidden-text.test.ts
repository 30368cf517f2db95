import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pictureFacts } from '../../picture-decoder/picture-facts.ts';
import { decodePicture } from '../../picture-decoder/process/decode-picture.ts';
import { A1111 } from '../fixtures/settings.ts';
import { hiddenText } from './hidden-text.ts';

const [WIDTH, HEIGHT] = [280, 240];
const NOVELAI = JSON.stringify({
  Software: 'NovelAI',
  Comment: JSON.stringify({ prompt: 'a cat', steps: 28, sampler: 'k_euler', seed: 1, scale: 5, uc: '' }),
});

/** Puts bits into the lowest of channels, column by column. */
function hide(channels: number, from: number, count: number, message: Buffer): Buffer {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * channels, 254);
  let nth = 0;
  for (const byte of message) {
    for (let bit = 7; bit >= 0; bit--, nth++) {
      const pixel = Math.floor(nth / count);
      const at = ((pixel % HEIGHT) * WIDTH + Math.floor(pixel / HEIGHT)) * channels + from + (nth % count);
      pixels[at] = 254 | ((byte >> bit) & 1);
    }
  }
  return pixels;
}

function message(signature: string, body: Buffer, bits = body.length * 8): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bits);
  return Buffer.concat([Buffer.from(signature), length, body]);
}

const file = (channels: 3 | 4, pixels: Buffer) => sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels } });
const inAlpha = (hidden: Buffer) => file(4, hide(4, 3, 1, hidden));
const inColours = (hidden: Buffer) => file(3, hide(3, 0, 3, hidden));

async function generators(bytes: Buffer, format: 'png' | 'webp'): Promise<unknown[]> {
  const picture = await decodePicture(bytes, format);
  const { marks } = await pictureFacts(picture, bytes, { hiddenText: true });
  return marks.map(({ code, details }) => `${code} ${details.generator}`);
}

describe('settings hidden in a picture', () => {
  it.each([
    ['NovelAI', 'packed in transparency', inAlpha(message('stealth_pngcomp', gzipSync(NOVELAI)))],
    ['NovelAI', 'in transparency', inAlpha(message('stealth_pnginfo', Buffer.from(NOVELAI)))],
    ['Stable Diffusion WebUI', 'packed in transparency', inAlpha(message('stealth_pngcomp', gzipSync(A1111)))],
    ['Stable Diffusion WebUI', 'packed in colours', inColours(message('stealth_rgbcomp', gzipSync(A1111)))],
  ])('by %s, %s, are found in PNG and WebP', async (generator, _, picture) => {
    expect(await generators(await picture.clone().png().toBuffer(), 'png')).toEqual([
      `generator-metadata ${generator}`,
    ]);
    const webp = await picture.clone().webp({ lossless: true, exact: true }).toBuffer();
    expect(await generators(webp, 'webp')).toEqual([`generator-metadata ${generator}`]);
  });
  it.each([
    ['a signature alone', message('stealth_pnginfo', Buffer.alloc(0))],
    ['a name', message('stealth_pnginfo', Buffer.from('made with NovelAI'))],
    ['another signature', message('stealth_pngxxxx', Buffer.from(A1111))],
    ['a length beyond the picture', message('stealth_pnginfo', Buffer.from(A1111), 0xffffffff)],
    ['a bomb', message('stealth_pngcomp', gzipSync(Buffer.alloc(4 * 1024 * 1024)))],
    ['damage', message('stealth_pngcomp', gzipSync(A1111).fill(7, 20))],
  ])('are not: %s', async (_, hidden) => {
    expect(await generators(await inAlpha(hidden).png().toBuffer(), 'png')).toEqual([]);
  });
  it('are not looked for in a picture of a few pixels', () => {
    expect(hiddenText({ data: new Uint8Array(9), width: 3, height: 3 }, 'alpha')).toBeUndefined();
  });
});
