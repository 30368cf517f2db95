import { type FileHandle, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompanionSettings } from '@touchstone/shared';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgingByGrey } from './fixtures/judging-by-grey.ts';
import { makeClip } from './fixtures/make-clip.ts';
import type { VideoProgress } from './progress-lines.ts';
import { createVideoChecker } from './video-checker.ts';

const SIZE = { width: 320, height: 240 } as const;
/** Bytes; what a person's holiday film has. */
const LARGE = 640 * 1024 * 1024;
/** Bytes outside the heap that checking it may take at most: frames under way and pieces of the file. */
const MEMORY = 160 * 1024 * 1024;

let folder: string;
const at = (name: string): string => join(folder, name);
const videos = createVideoChecker({ pipeline: judgingByGrey(), settings: () => v.parse(CompanionSettings, {}) });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-large-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function film(name: string, frames: number, secondsApart: number): Promise<string> {
  const pixels = new Uint8Array(SIZE.width * SIZE.height * 3);
  const draw = (index: number): Uint8Array => pixels.fill(20 + (index % 40));
  const tick = (index: number): number => index * secondsApart * 90_000;
  await makeClip({ path: at(name), ...SIZE, rate: 10, frames, group: 1, draw, tick });
  return at(name);
}

/** Writes an MP4 anew with a box in front of its tables that holds nothing; a hole in the file takes no room on the disk. */
async function widened(from: string, to: string, bytes: number): Promise<void> {
  const small = await readFile(from);
  const tables = small.lastIndexOf('moov') - 4;
  const head = Buffer.alloc(8);
  head.writeUInt32BE(bytes, 0);
  head.write('free', 4, 'latin1');
  const file: FileHandle = await open(to, 'w');
  await file.write(small.subarray(0, tables), 0, tables, 0);
  await file.write(head, 0, head.length, tables);
  await file.write(small.subarray(tables), 0, small.length - tables, tables + bytes);
  await file.close();
}

describe('large and long files', { timeout: 300_000 }, () => {
  it('takes two hours, in steps, from the beginning to the end', async () => {
    const lines: VideoProgress[] = [];
    const path = await film('two-hours.mkv', 1200, 6);
    const { timeline, verdict } = await videos.check({ path, onProgress: (line) => lines.push(line) });
    expect(timeline?.duration).toBeGreaterThan(7190);
    expect(timeline?.framesAnalyzed).toBeLessThanOrEqual(480);
    const times = timeline?.moments.map(({ time }) => time) ?? [];
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(24);
    expect([times[0], Math.round((times.at(-1) ?? 0) / 100)]).toEqual([0, 72]);
    expect(verdict.caveats.map(({ code }) => code)).toContain('video-sampled');
    const last = lines.at(-1);
    expect(last?.framesAnalyzed).toBe(timeline?.framesAnalyzed);
    expect((last?.framesPlanned ?? 0) - (last?.framesAnalyzed ?? 0)).toBeLessThanOrEqual(2);
  });

  it('does not hold 640 MB in memory', async () => {
    // The last of them lasts no time at all, so the edit list shows one less.
    await widened(await film('small.mp4', 41, 1), at('large.mp4'), LARGE);
    const before = process.memoryUsage().external;
    let most = before;
    const look = (): void => {
      most = Math.max(most, process.memoryUsage().external);
    };
    const timer = setInterval(look, 5);
    const record = await videos.check({ path: at('large.mp4'), onProgress: look });
    clearInterval(timer);
    expect(record.picture.bytes).toBeGreaterThan(LARGE);
    expect(record.timeline?.framesAnalyzed).toBeGreaterThanOrEqual(40);
    expect(record.verdict.caveats.map(({ code }) => code)).not.toContain('video-truncated');
    expect(most - before).toBeLessThan(MEMORY);
  });
});
