import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { releasePixels } from '../decode/release-pixels.ts';
import { type DecodeOptions, decodeVideo, type VideoEvent } from './decode-video.ts';
import { CLIP, editedCopy, greyClip, greyOf, soundOnly, statedCopy } from './fixtures/clips.ts';
import type { ClipEncoder } from './fixtures/make-clip.ts';

type FrameEvent = Extract<VideoEvent, { type: 'frame' }>;

let folder: string;
let plain: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-video-'));
  plain = at('plain.mp4');
  // The tables first, so that a cut file still has them.
  await greyClip(plain, { group: 10, muxer: { movflags: 'faststart' } });
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function decode(path: string, options?: DecodeOptions) {
  const file = await open(path);
  try {
    const events: VideoEvent[] = [];
    for await (const event of decodeVideo(file, options)) events.push(event);
    const [opened] = events;
    const end = events.at(-1);
    if (opened?.type !== 'opened' || end?.type !== 'end') throw new Error('no beginning or no end');
    return { facts: opened.facts, frames: events.filter((event): event is FrameEvent => event.type === 'frame'), end };
  } finally {
    await file.close();
  }
}

/** Grey value in the lower right quarter, where the clip has no mark. */
const greyIn = ({ picture: { data, width, height } }: FrameEvent): number =>
  data[(Math.floor(height * 0.75) * width + Math.floor(width * 0.75)) * 3] ?? -1;
const timesOf = (frames: readonly FrameEvent[]): number[] => frames.map(({ time }) => Math.round(time * 1000) / 1000);

describe('decodeVideo', { timeout: 300_000 }, () => {
  it('judges what the file shows: no frame before or behind its edit list', async () => {
    const path = at('edited.mp4');
    await editedCopy(plain, path, { from: 0.5, seconds: 1 });
    const { facts, frames, end } = await decode(path);
    expect(facts.duration).toBeCloseTo(1, 1);
    expect(end.damaged).toBe(false);
    expect(timesOf(frames)).toEqual([0, 0.5]);
    for (const frame of frames) {
      expect(Math.abs(greyIn(frame) - greyOf(Math.round((0.5 + frame.time) * CLIP.rate)))).toBeLessThanOrEqual(6);
    }
  });

  it('needs memory for one frame at a time where each is released, and gives it back at the end', async () => {
    const file = await open(plain);
    const memories = new Set<Uint8Array>();
    const greys: number[] = [];
    try {
      for await (const event of decodeVideo(file)) {
        if (event.type !== 'frame') continue;
        greys.push(greyIn(event));
        memories.add(event.picture.data);
        releasePixels(event.picture);
      }
    } finally {
      await file.close();
    }
    expect(new Set(greys).size).toBeGreaterThan(3);
    expect(memories.size).toBe(1);
    for (const { byteLength } of memories) expect(byteLength).toBe(0);
  });

  it.each<[string, string, ClipEncoder]>([
    ['mp4', 'avc', 'libx264'],
    ['mov', 'hevc', 'libx265'],
    ['webm', 'vp9', 'libvpx-vp9'],
    ['mkv', 'av1', 'libsvtav1'],
  ])('reads %s with %s: the right frames at the right times', async (container, codec, encoder) => {
    const path = at(`clip.${container}`);
    await greyClip(path, { encoder });
    const { facts, frames, end } = await decode(path);
    expect(facts).toMatchObject({ container, codec, width: CLIP.width, height: CLIP.height, expectedFrames: 4 });
    expect(facts.duration).toBeCloseTo(2, 0);
    expect(end.damaged).toBe(false);
    expect(frames).toHaveLength(4);
    for (const [i, frame] of frames.entries()) {
      expect(Math.abs(frame.time - i * 0.5)).toBeLessThanOrEqual(0.15);
      expect(frame.picture).toMatchObject({ width: CLIP.width, height: CLIP.height });
      expect(Math.abs(greyIn(frame) - greyOf(Math.round(frame.time * CLIP.rate)))).toBeLessThanOrEqual(6);
    }
  });

  it('reads an animated AVIF', async () => {
    await greyClip(at('moving.avif'), { encoder: 'libsvtav1', group: 10 });
    const { facts, frames, end } = await decode(at('moving.avif'));
    expect(facts).toMatchObject({ container: 'avif', codec: 'av1', expectedFrames: 4 });
    expect(timesOf(frames)).toEqual([0, 0.5, 1, 1.5]);
    expect(Math.abs(greyIn(frames[3] as FrameEvent) - greyOf(30))).toBeLessThanOrEqual(6);
    expect(end.damaged).toBe(false);
  });

  it('turns pictures upright', async () => {
    await statedCopy(plain, at('turned.mp4'), { rotation: 90 });
    const { facts, frames } = await decode(at('turned.mp4'));
    expect(facts).toMatchObject({ width: CLIP.height, height: CLIP.width });
    const picture = frames[0]?.picture;
    expect(picture).toMatchObject({ width: CLIP.height, height: CLIP.width });
    // The mark of the upper left corner is at the upper right after a quarter turn clockwise.
    const greyAt = (x: number, y: number): number => picture?.data[(y * CLIP.height + x) * 3] ?? -1;
    expect(greyAt(CLIP.height - 4, 4)).toBeLessThan(12);
    expect(greyAt(4, 4)).toBeGreaterThan(30);
  });

  it('brings a film for HDR screens into the range of others, whoever says that it is one', async () => {
    const pq = 'colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc';
    await greyClip(at('told.mp4'), { encoder: 'libx265', options: { 'x265-params': `log-level=none:${pq}` } });
    await statedCopy(plain, at('stated.mp4'), {
      colours: { primaries: 'bt2020', transfer: 'pq', matrix: 'bt2020-ncl' },
    });
    const [ordinary, told, stated] = [
      await decode(plain),
      await decode(at('told.mp4')),
      await decode(at('stated.mp4')),
    ].map(({ frames }) => frames.map(greyIn));
    const apart = (greys: readonly number[] = []): number =>
      Math.max(...greys.map((grey, index) => Math.abs(grey - (told?.[index] ?? -1))));
    expect(apart(stated)).toBeLessThanOrEqual(8);
    // PQ gives most of its numbers to what is darker than white paper: the same number is another brightness.
    expect(apart(ordinary)).toBeGreaterThan(12);
    expect(told).toHaveLength(4);
  });

  it('follows the times of a variable frame rate', async () => {
    const path = at('variable.mkv');
    // Ten frames in the first half second, then one a second.
    const tick = (index: number): number => (index < 10 ? index * 4500 : (index - 9) * 90_000);
    await greyClip(path, { frames: 14, tick });
    const { frames } = await decode(path);
    expect(timesOf(frames)).toEqual([0, 1, 2, 3, 4]);
    expect(Math.abs(greyIn(frames[2] as FrameEvent) - greyOf(11))).toBeLessThanOrEqual(6);
  });

  it('reads a video of one frame', async () => {
    await greyClip(at('one.mp4'), { frames: 1 });
    const { frames, end } = await decode(at('one.mp4'));
    expect(timesOf(frames)).toEqual([0]);
    expect(end.damaged).toBe(false);
  });

  it.each(['mp4', 'mkv'])('gives what can be read of a truncated %s', async (container) => {
    const whole = at(`whole.${container}`);
    const muxer: Record<string, string> =
      container === 'mp4' ? { movflags: 'faststart' } : { cluster_time_limit: '500' };
    await greyClip(whole, { group: 10, frames: 80, muxer });
    const bytes = await readFile(whole);
    await writeFile(at(`cut.${container}`), bytes.subarray(0, Math.floor(bytes.length * 0.5)));
    const { frames, end } = await decode(at(`cut.${container}`));
    expect(frames.length).toBeGreaterThanOrEqual(2);
    expect(frames.length).toBeLessThan(7);
    expect(greyIn(frames[0] as FrameEvent)).toBeGreaterThan(30);
    expect(end.damaged).toBe(true);
  });

  it('gives what can be read of a corrupt file', async () => {
    const bytes = await readFile(plain);
    const start = Math.floor(bytes.length * 0.45);
    bytes.fill(0xa5, start, start + Math.floor(bytes.length * 0.2));
    await writeFile(at('corrupt.mp4'), bytes);
    const { frames, end } = await decode(at('corrupt.mp4'));
    expect(frames.length).toBeGreaterThanOrEqual(2);
    expect(end.damaged).toBe(true);
  });

  it('says when there is no video in it', async () => {
    await soundOnly(at('sound.webm'));
    await writeFile(at('empty.mp4'), '');
    await writeFile(at('text.mp4'), 'ffconcat version 1.0\nfile plain.mp4\n');
    await writeFile(at('list.mp4'), `#EXTM3U\n#EXTINF:2,\n${plain}\n`);
    const bytes = await readFile(plain);
    await writeFile(at('head.mp4'), bytes.subarray(0, 200));
    for (const name of ['sound.webm', 'empty.mp4', 'text.mp4', 'list.mp4', 'head.mp4']) {
      await expect(decode(at(name)), name).rejects.toMatchObject({ code: 'video-unreadable' });
    }
  });

  it('refuses huge pictures before it decodes them', async () => {
    const bytes = await readFile(plain);
    const entry = bytes.indexOf('avc1', bytes.indexOf('stsd'));
    bytes.writeUInt16BE(60_000, entry + 28);
    bytes.writeUInt16BE(60_000, entry + 30);
    await writeFile(at('huge.mp4'), bytes);
    await expect(decode(at('huge.mp4'))).rejects.toMatchObject({ code: 'too-many-pixels' });
  });

  it('is cancelled before and in the middle', async () => {
    await expect(decode(plain, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
    const cancel = new AbortController();
    const file = await open(plain);
    const events: string[] = [];
    const run = async (): Promise<void> => {
      for await (const event of decodeVideo(file, { signal: cancel.signal })) {
        events.push(event.type);
        if (event.type === 'frame') cancel.abort();
      }
    };
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' });
    expect(events).not.toContain('end');
    await file.close();
  });
});

describe('a decoder that misbehaves', { timeout: 300_000 }, () => {
  const program = new URL('./fixtures/misbehaving-decoder.ts', import.meta.url);
  const meet = async (way: string) => {
    await writeFile(at('way'), way);
    return decode(at('way'), { program, stallMs: 5_000 });
  };

  it.each(['dies after a frame', 'hangs after a frame', 'fails after a frame'])('%s: the frame counts', async (way) => {
    const { frames, end } = await meet(way);
    expect(frames).toHaveLength(1);
    expect(end.damaged).toBe(true);
  });

  it.each([
    ['dies at once', 'video-unreadable'],
    ['hangs at once', 'video-unreadable'],
    ['lies about a frame', 'video-unreadable'],
    ['talks nonsense', 'video-unreadable'],
    ['announces a terabyte', 'video-unreadable'],
    ['is missing', 'video-decoder-missing'],
  ])('%s: %s', async (way, code) => {
    await expect(meet(way)).rejects.toMatchObject({ code });
  });
});
