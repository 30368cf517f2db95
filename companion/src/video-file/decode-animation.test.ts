import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDecoder } from '../picture-decoder/fixtures/test-decoder.ts';
import { animationOf, decodeAnimation, openAnimation } from './decode-animation.ts';

const SIZE = { width: 48, height: 32 } as const;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-animation-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Frame n has the grey 5 n. */
async function animation(name: string, frames: number, delay: number): Promise<string> {
  const path = join(folder, name);
  const { width, height } = SIZE;
  const strip = Buffer.concat(
    Array.from({ length: frames }, (_, index) => Buffer.alloc(width * height * 3, index * 5)),
  );
  const raw = { width, height: height * frames, channels: 3, pageHeight: height } as const;
  const times = Array.from({ length: frames }, () => delay);
  const picture = sharp(strip, { raw });
  await (name.endsWith('gif') ? picture.gif({ delay: times }) : picture.webp({ delay: times, lossless: true })).toFile(
    path,
  );
  return path;
}

async function framesOf(path: string) {
  const found = await openAnimation(path, testDecoder);
  if (!found) throw new Error('no animation');
  const events = [];
  for await (const event of decodeAnimation(found)) events.push(event);
  return { found: { ...found, ...found.animation }, events, frames: events.filter((event) => event.type === 'frame') };
}

describe('an animation', () => {
  it.each(['a.gif', 'a.webp'])('is looked at over time: %s', async (name) => {
    const { found, events, frames } = await framesOf(await animation(name, 40, 100));
    expect(found).toMatchObject({ ...SIZE, format: name.slice(2), duration: 4 });
    expect(events[0]).toMatchObject({ type: 'opened', facts: { container: name.slice(2), expectedFrames: 16 } });
    expect(events.at(-1)).toEqual({ type: 'end', damaged: false });
    expect(frames).toHaveLength(16);
    for (const { time, picture } of frames) {
      expect(picture).toMatchObject(SIZE);
      expect(Math.abs((picture.data[0] ?? -1) - time * 50)).toBeLessThanOrEqual(3);
    }
  });

  it('that is short, or no animation at all, is a picture', async () => {
    expect(await animationOf(await animation('few.gif', 3, 1000))).toBeUndefined();
    expect(await animationOf(await animation('quick.gif', 8, 20))).toBeUndefined();
    const still = join(folder, 'still.png');
    await sharp({ create: { ...SIZE, channels: 3, background: '#888' } }).toFile(still);
    expect(await animationOf(still)).toBeUndefined();
    expect(await animationOf(join(folder, 'missing.gif'))).toBeUndefined();
  });

  it('gives what can be read of a damaged file, and ends when cancelled', async () => {
    const bytes = await readFile(await animation('whole.gif', 40, 100));
    const torn = join(folder, 'torn.gif');
    await writeFile(torn, bytes.subarray(0, bytes.length * 0.6));
    const found = await openAnimation(torn, testDecoder);
    if (!found) throw new Error('no animation');
    const events = [];
    for await (const event of decodeAnimation(found)) events.push(event.type);
    expect(events.filter((type) => type === 'frame').length).toBeGreaterThan(3);
    expect(events.at(-1)).toBe('end');
    const again = await openAnimation(torn, testDecoder);
    if (!again) throw new Error('no animation');
    const cancelled = decodeAnimation(again, AbortSignal.abort());
    await cancelled.next();
    await expect(cancelled.next()).rejects.toMatchObject({ code: 'cancelled' });
  });
});
