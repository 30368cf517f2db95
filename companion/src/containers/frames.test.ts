import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { animationIn } from './animation.ts';
import { gifFrames } from './gif-frames.ts';
import { webpFrames } from './webp-frames.ts';

const SIZE = { width: 48, height: 40 } as const;
const DELAYS = [100, 40, 250, 0, 70, 500, 600];

/** Frames with a spot that moves over a transparent ground, so that each differs from the next in a part alone. */
async function animation(format: 'gif' | 'webp', transparent: boolean): Promise<Buffer> {
  const { width, height } = SIZE;
  const strip = Buffer.alloc(width * height * 4 * DELAYS.length);
  for (let at = 0; at < strip.length; at += 4) {
    const pixel = at / 4;
    const [x, y, frame] = [pixel % width, Math.floor(pixel / width) % height, Math.floor(pixel / width / height)];
    const inside = Math.hypot(x - 8 - 4 * frame, y - 20) < 7;
    strip.set(inside ? [200, 10 * frame, 30, 255] : [40, 60, 2 * y, transparent ? 0 : 255], at);
  }
  const raw = { width, height: height * DELAYS.length, channels: 4, pageHeight: height } as const;
  const pages = sharp(strip, { raw });
  return format === 'gif'
    ? pages.gif({ delay: DELAYS }).toBuffer()
    : pages.webp({ delay: DELAYS, lossless: true }).toBuffer();
}

const pixels = (bytes: Uint8Array): Promise<Buffer> =>
  sharp(bytes, { pages: 1 }).flatten({ background: '#fff' }).raw().toBuffer();

describe.each([
  ['gif', gifFrames],
  ['webp', webpFrames],
] as const)('frames of a %s', (format, walk) => {
  it.each([true, false])('are counted and timed as the picture library does, transparent: %s', async (transparent) => {
    const bytes = await animation(format, transparent);
    const { pages, delay } = await sharp(bytes).metadata();
    expect(walk(bytes)).toMatchObject({ frames: pages, delays: delay, whole: true });
  });

  it.each([true, false])(
    'leave the first one as it is seen in the whole file, transparent: %s',
    async (transparent) => {
      const bytes = await animation(format, transparent);
      const first = walk(bytes)?.first() ?? Buffer.alloc(0);
      expect((await sharp(first).metadata()).pages ?? 1).toBe(1);
      expect(await pixels(first)).toEqual(await pixels(bytes));
    },
  );

  it('of a file that is cut off are told so', async () => {
    const bytes = await animation(format, false);
    expect(walk(bytes.subarray(0, bytes.length - 20))?.whole).toBe(false);
  });

  it('never end in an error, whatever the bytes', async () => {
    const bytes = await animation(format, true);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))), fc.nat(bytes.length), (changes, end) => {
        const damaged = Buffer.from(bytes.subarray(0, end));
        for (const [at, value] of changes) if (at < damaged.length) damaged[at] = value;
        walk(damaged)?.first();
        animationIn(damaged);
      }),
    );
  });
});

describe('an animation', () => {
  it('has the times that browsers give it', async () => {
    const found = animationIn(await animation('gif', false));
    expect(found).toMatchObject({ format: 'gif', duration: 1.66 });
    expect(found?.starts.slice(0, 5)).toEqual([0, 0.1, 0.14, 0.39, 0.49]);
  });
  it('is no still picture, and nothing else', async () => {
    const still = sharp({ create: { ...SIZE, channels: 3, background: '#444' } });
    expect(animationIn(await still.clone().gif().toBuffer())).toBeUndefined();
    expect(animationIn(await still.clone().webp().toBuffer())).toBeUndefined();
    expect(animationIn(await still.clone().png().toBuffer())).toBeUndefined();
    expect(animationIn(new Uint8Array(0))).toBeUndefined();
  });
});
