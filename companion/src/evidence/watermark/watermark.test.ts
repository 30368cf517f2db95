import { createHash } from 'node:crypto';
import type { RawPicture } from '@touchstone/models';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { messageBits, readBlockBits } from './dwt-dct.ts';
import { KNOWN_MESSAGES } from './known-messages.ts';
import { mayCarryWatermark, watermarkEvidence } from './watermark-evidence.ts';

/** The same integers as in the Python that the golden values come from. */
function picture(width: number, height: number): RawPicture {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      data[at] = (x * 3 + y * 5 + (Math.floor((x * y) / 7) % 31)) % 256;
      data[at + 1] = (x * 2 + ((Math.floor(x / 16) + Math.floor(y / 16)) % 2) * 40 + 60) % 256;
      data[at + 2] = (y * 2 + (Math.floor((x * x + y * y) / 97) % 64) + 30) % 256;
    }
  }
  return { data, width, height };
}

/** Soft colours, as pictures have: each block of eight pixels is one blue on grey. */
function marked(message: Uint8Array, side: number): RawPicture {
  const data = new Uint8Array(side * side * 3).fill(120);
  const blocks = side / 8;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const block = Math.floor(y / 8) * blocks + Math.floor(x / 8);
      // U is 128 on grey, and 128 + 0.436 of the blue above it; 256 mod 36 is 4, a quarter step before 0 ends at 9.
      data[(y * side + x) * 3 + 2] = 120 + (message[block % message.length] ? 26 : 6);
    }
  }
  return { data, width: side, height: side };
}

/** Below grey the largest coefficient by size is the furthest from it, and its bits come out the other way round. */
function markedFloat(message: Uint8Array, side: number, swap: boolean): RawPicture {
  const data = new Uint8Array(side * side * 3).fill(160);
  const blocks = side / 8;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const block = Math.floor(y / 8) * blocks + Math.floor(x / 8);
      // 0.436 of the blue below grey, doubled by the wavelet: 9.6 and 27.9 of a step of 36.
      data[(y * side + x) * 3 + (swap ? 0 : 2)] = 160 - (message[block % message.length] ? 32 : 11);
    }
  }
  return { data, width: side, height: side };
}

describe('dwtDct reads as invisible-watermark 0.2.0 does', () => {
  const blocks = readBlockBits(picture(301, 268));
  it('every block', () => {
    expect(blocks.bytes).toHaveLength(1221);
    expect(blocks.bytes.subarray(0, 64).join('')).toBe(
      '1001010110110000100001001100001000001000000110001000010001110011',
    );
    expect(createHash('sha256').update(blocks.bytes).digest('hex')).toBe(
      '9c0f27a119a06c810b79a26c283cf9cfc168a80ad5d96ed0da47546f2ec23065',
    );
  });
  it.each([
    [
      136,
      '1011010111110111000011101100011100101100010100011000110001001001101100010000001111110001111101101100011111110101100011100111100010010111',
    ],
    [48, '110000111111110110010001000101000100010010110000'],
    [46, '1001010101111100111100011100001100011001011111'],
  ])('a message of %d bits', (length, expected) => {
    expect(messageBits(blocks.bytes, length).join('')).toBe(expected);
  });
});

describe('evidence', () => {
  it.each(KNOWN_MESSAGES.map((message) => [message.generator, message] as const))('of %s', (generator, { bits }) => {
    expect(watermarkEvidence(marked(bits, 512))).toEqual([
      expect.objectContaining({
        code: 'watermark-stable-diffusion',
        direction: 'ai',
        details: { generator, equal: bits.length, length: bits.length, reading: 'bytes' },
      }),
    ]);
  });
  it('of programs that hand over floating-point numbers, in either order of colours', () => {
    for (const [reading, red] of [
      ['float', false],
      ['float-swapped', true],
    ] as const) {
      const message = KNOWN_MESSAGES.find(({ generator }) => generator === 'FLUX')?.bits ?? new Uint8Array(1);
      expect(watermarkEvidence(markedFloat(message, 512, red))[0]?.details).toMatchObject({
        generator: 'FLUX',
        reading,
      });
    }
  });
  it('reads some rows of a large picture', () => {
    const message = KNOWN_MESSAGES.find(({ generator }) => generator === 'InvokeAI')?.bits ?? new Uint8Array(1);
    expect(watermarkEvidence(marked(message, 1600))).toHaveLength(1);
  });
  it('survives JPEG with halved colours', async () => {
    const message = KNOWN_MESSAGES.find(({ generator }) => generator === 'Stable Diffusion XL');
    const { data } = marked(message?.bits ?? new Uint8Array(1), 512);
    const jpeg = await sharp(data, { raw: { width: 512, height: 512, channels: 3 } })
      .jpeg({ quality: 90 })
      .toBuffer();
    const again = await sharp(jpeg).raw().toBuffer();
    expect(watermarkEvidence({ data: again, width: 512, height: 512 })).toHaveLength(1);
  });
  it('is not found where there is none', () => {
    expect(watermarkEvidence(picture(512, 512))).toEqual([]);
    expect(watermarkEvidence({ data: new Uint8Array(512 * 512 * 3), width: 512, height: 512 })).toEqual([]);
    const other = KNOWN_MESSAGES[2]?.bits.map((bit, i) => (i % 5 === 0 ? 1 - bit : bit)) ?? new Uint8Array(1);
    expect(watermarkEvidence(marked(other, 512))).toEqual([]);
  });
});

it.each([
  [{ path: 'original-bytes', kind: 'image' }, 512, 512, undefined, true],
  [{ path: 'original-bytes', kind: 'image' }, 512, 512, 95, true],
  [{ path: 'original-bytes', kind: 'image' }, 512, 512, 90, false],
  [{ path: 'screenshot', kind: 'image' }, 512, 512, undefined, false],
  [{ path: 'canvas', kind: 'image' }, 512, 512, undefined, false],
  [{ path: 'original-bytes', kind: 'video-frame' }, 512, 512, undefined, false],
  [{ path: 'original-bytes', kind: 'image' }, 200, 200, undefined, false],
  [{ path: 'file', kind: 'image' }, 6000, 4000, undefined, true],
] as const)(
  'is looked for where the file’s own pixels can hold one: %j, %d x %d, JPEG %s',
  (source, width, height, quality, expected) => {
    expect(mayCarryWatermark(source, { width, height }, quality)).toBe(expected);
  },
);
