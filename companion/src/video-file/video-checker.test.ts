import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompanionSettings, ResultRecord } from '@touchstone/shared';
import sharp from 'sharp';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryLog } from '../pipeline/memory-log.ts';
import { judgingByGrey } from './fixtures/judging-by-grey.ts';
import { makeClip } from './fixtures/make-clip.ts';
import type { VideoProgress } from './progress-lines.ts';
import { createVideoChecker } from './video-checker.ts';

/** Large enough for the pack's minimum, so that the verdict is not held back. */
const SIZE = { width: 320, height: 240 } as const;
const RATE = 10;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-checker-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A clip of one grey at a time. @param grey of the frame at that second */
async function clip(name: string, seconds: number, grey: (time: number) => number): Promise<string> {
  const path = join(folder, name);
  const pixels = new Uint8Array(SIZE.width * SIZE.height * 3);
  const draw = (index: number): Uint8Array => pixels.fill(grey(index / RATE));
  await makeClip({ path, ...SIZE, rate: RATE, frames: seconds * RATE, group: 40, draw });
  return path;
}

function checker(settings: Partial<CompanionSettings> = {}) {
  const { log, kept } = memoryLog();
  const pipeline = judgingByGrey();
  const videos = createVideoChecker({ pipeline, log, settings: () => v.parse(CompanionSettings, settings) });
  return { videos, log, kept };
}

describe('a video file', { timeout: 300_000 }, () => {
  it('becomes a record that the contract knows, with timeline, peaks and facts', async () => {
    const path = await clip('camera.mp4', 6, (time) => 10 + 2 * time);
    const { videos, log, kept } = checker();
    const lines: VideoProgress[] = [];
    const record = await videos.check({ path, fileName: 'camera.mp4', onProgress: (line) => lines.push(line) });
    const bytes = await readFile(path);
    expect(v.parse(ResultRecord, record)).toEqual(record);
    expect(record.verdict.value).toBe('real');
    expect(record.verdict.reasons.map(({ code }) => code)).toEqual(['video-looks-camera']);
    expect(record.source).toEqual({ kind: 'video', path: 'file', private: false, fileName: 'camera.mp4' });
    expect(record.picture).toMatchObject({ format: 'mp4', ...SIZE, bytes: bytes.length, frames: 60 });
    expect(record.picture.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(record.timeline).toMatchObject({ framesAnalyzed: 12, stoppedEarly: false, media: { codec: 'avc' } });
    expect(record.timeline?.moments.map(({ time }) => time)).toEqual(
      Array.from({ length: 12 }, (_, index) => expect.closeTo(index / 2, 1)),
    );
    expect(await log.get(record.id)).toEqual(record);
    expect(kept.get(record.id)?.peaks).toHaveLength(record.timeline?.peaks?.length ?? -1);
    expect(kept.get(record.id)?.thumbnail).toBe(kept.get(record.id)?.peaks?.[0]);
    expect(lines).toHaveLength(12);
    expect(lines[0]).toMatchObject({ framesAnalyzed: 1, framesPlanned: 12, timeLeft: null });
    expect(lines.at(-1)).toMatchObject({ framesAnalyzed: 12, timeLeft: 0 });
  });

  it.each(['small.gif', 'small.webp'])('is an animation that is its own thumbnail: %s', async (name) => {
    const path = join(folder, name);
    const [width, height, frames] = [64, 48, 20];
    const strip = Buffer.concat(Array.from({ length: frames }, (_, i) => Buffer.alloc(width * height * 3, i * 10)));
    const pages = sharp(strip, { raw: { width, height: height * frames, channels: 3, pageHeight: height } });
    const delay = Array.from({ length: frames }, () => 200);
    await (name.endsWith('gif') ? pages.gif({ delay }) : pages.webp({ delay })).toFile(path);
    const { videos, kept } = checker();
    const record = await videos.check({ path });
    expect(record.picture).toMatchObject({ width, height, frames });
    expect(kept.get(record.id)?.peaks?.length).toBeGreaterThan(0);
  });

  it('is "Likely AI" for the part that looks generated, which the timeline shows', async () => {
    const path = await clip('spliced.mp4', 24, (time) => (time >= 12 && time < 18 ? 254 : 5));
    const { verdict, timeline } = await checker().videos.check({ path });
    expect(verdict.value).toBe('fake');
    expect(verdict.reasons[0]).toMatchObject({ code: 'video-part-generated', direction: 'ai' });
    expect(timeline?.shots.map(({ start }) => Math.round(start))).toEqual([0, 12, 18]);
    expect(timeline?.peaks?.[0]).toBeGreaterThanOrEqual(12);
    expect(timeline?.peaks?.[0]).toBeLessThan(18);
  });

  it('looks at a long one in steps, and says so', async () => {
    const path = await clip('long.mp4', 100, () => 60);
    const { verdict, timeline } = await checker().videos.check({ path });
    expect(timeline?.framesAnalyzed).toBe(25);
    expect(verdict.caveats.map(({ code }) => code)).toContain('video-sampled');
    expect(verdict.caveats.map(({ code }) => code)).not.toContain('video-part-seen');
  });

  it('ends early when the rest cannot change the answer', async () => {
    const path = await clip('generated.mp4', 120, () => 255);
    const { verdict, timeline } = await checker().videos.check({ path });
    expect(verdict.value).toBe('fake');
    expect(timeline?.stoppedEarly).toBe(true);
    expect(timeline?.framesAnalyzed).toBeLessThan(25);
    expect(verdict.caveats.map(({ code }) => code)).not.toContain('video-truncated');
    expect(verdict.caveats.map(({ code }) => code)).not.toContain('video-part-seen');
  });

  it('says when it is cut short, and when it was seen before', async () => {
    const path = await clip('whole.mkv', 12, () => 20);
    const bytes = await readFile(path);
    const cut = join(folder, 'cut.mkv');
    await writeFile(cut, bytes.subarray(0, Math.floor(bytes.length * 0.8)));
    const { videos } = checker();
    const first = await videos.check({ path: cut });
    expect(first.verdict.caveats[0]?.code).toBe('video-truncated');
    expect(first.timeline?.media?.truncated).toBe(true);
    const second = await videos.check({ path: cut });
    expect(second.seenBefore).toMatchObject({ recordId: first.id, exact: true });
  });

  it('is a second check of an earlier record only where the bytes are the same', async () => {
    const { videos, log } = checker();
    const first = await videos.check({ path: join(folder, 'camera.mp4') });
    expect(first.recheckOf).toBeUndefined();
    const again = await videos.check({ path: join(folder, 'camera.mp4'), pack: 'starter', recheckOf: first.id });
    expect(again.recheckOf).toBe(first.id);
    expect((await log.get(again.id))?.recheckOf).toBe(first.id);
    const other = await videos.check({ path: join(folder, 'spliced.mp4'), recheckOf: first.id });
    expect(other.recheckOf).toBeUndefined();
  });

  it('is not written down while recording is paused', async () => {
    const path = join(folder, 'camera.mp4');
    const { videos, log } = checker({ recordingPaused: true });
    expect(await videos.check({ path })).toMatchObject({ logged: false, hasThumbnail: false });
    expect(log.count()).toBe(0);
  });

  it('keeps no pictures when thumbnails are off', async () => {
    const { videos, kept } = checker({ keepThumbnails: false });
    const record = await videos.check({ path: join(folder, 'camera.mp4') });
    expect(record).toMatchObject({ logged: true, hasThumbnail: false });
    expect(kept.get(record.id)).toEqual({ thumbnail: undefined, peaks: [] });
  });

  it('refuses what is no video, what is not there and what was cancelled', async () => {
    const { videos } = checker();
    await writeFile(join(folder, 'text.mp4'), 'no video');
    await writeFile(join(folder, 'empty.mp4'), '');
    const codes: [string, string][] = [
      ['text.mp4', 'video-unreadable'],
      ['empty.mp4', 'empty-file'],
      ['missing.mp4', 'file-unreadable'],
      ['.', 'file-unreadable'],
    ];
    for (const [name, code] of codes) {
      await expect(videos.check({ path: join(folder, name) }), name).rejects.toMatchObject({ code });
    }
    const cancel = new AbortController();
    const checking = videos.check({
      path: join(folder, 'spliced.mp4'),
      signal: cancel.signal,
      onProgress: () => cancel.abort(),
    });
    await expect(checking).rejects.toMatchObject({ code: 'cancelled' });
  });
});
