import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { receiveInput } from './standard-input.ts';

const { signal } = new AbortController();

/** Bytes as a pipe gives them. */
async function* piped(bytes: Uint8Array, piece = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

async function animated(frames: number, format: 'gif' | 'webp'): Promise<Uint8Array> {
  const pictures = await Promise.all(
    Array.from({ length: frames }, (_, index) =>
      sharp({ create: { width: 64, height: 64, channels: 3, background: { r: index * 20, g: 90, b: 9 } } })
        .png()
        .toBuffer(),
    ),
  );
  const joined = sharp(pictures, { join: { animated: true } });
  const delay = Array.from({ length: frames }, () => 400);
  return format === 'gif' ? joined.gif({ delay }).toBuffer() : joined.webp({ delay }).toBuffer();
}

describe('standard input', () => {
  it('with a video becomes a file for its owner alone, deleted in the end', async () => {
    const video = Buffer.concat([Buffer.from('\0\0\0\x14ftypisom\0\0\x02\0isom', 'latin1'), Buffer.alloc(100_000, 7)]);
    const { candidate, bytes, remove } = await receiveInput(piped(video, 4096), signal);
    expect([candidate.video, bytes]).toEqual([true, undefined]);
    expect(await readFile(candidate.name)).toEqual(video);
    const folder = dirname(candidate.name);
    await remove();
    expect(await readdir(tmpdir())).not.toContain(folder.slice(tmpdir().length + 1));
  });

  it('with a picture stays in memory', async () => {
    const picture = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1');
    const received = await receiveInput(piped(picture), signal);
    expect(received.candidate).toEqual({ name: '-' });
    expect(received.bytes).toEqual(picture);
  });

  it.each(['gif', 'webp'] as const)('with a %s is looked at over time only if it moves', async (format) => {
    for (const [frames, moves] of [
      [8, true],
      [2, undefined],
    ] as const) {
      const received = await receiveInput(piped(await animated(frames, format), 500), signal);
      expect(received.candidate.video).toBe(moves);
      await received.remove();
    }
  });

  it('of nothing is an empty picture', async () => {
    expect((await receiveInput(piped(new Uint8Array(0)), signal)).bytes).toHaveLength(0);
  });
});
