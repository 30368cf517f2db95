import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';
import { type CaptureSource, CompanionSettings, type ResultRecord } from '@touchstone/shared';
import { encode as encodeBmp } from 'bmp-ts';
import pino from 'pino';
import sharp from 'sharp';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClip } from '../video-file/fixtures/make-clip.ts';
import { createPipeline } from './create-pipeline.ts';
import { testPicture } from './fixtures/test-pictures.ts';
import { memoryLog } from './memory-log.ts';
import type { Pipeline } from './pipeline.ts';

const source: CaptureSource = { kind: 'image', path: 'original-bytes', private: false };
const { log } = memoryLog();
let pipeline: Pipeline;

const check = (bytes: Uint8Array): Promise<ResultRecord> =>
  pipeline.check({ source, lane: 'asked', bytes, pack: 'starter', fresh: true });

beforeAll(async () => {
  pipeline = await createPipeline({
    log,
    settings: () => v.parse(CompanionSettings, {}),
    logger: pino({ level: 'silent' }),
    packFolders: [fileURLToPath(new URL('../../../models/packs', import.meta.url))],
    provider: 'cpu',
  });
});
afterAll(async () => {
  // Whatever came before: the next good picture is judged.
  expect((await check(await testPicture().png().toBuffer())).picture.width).toBe(640);
  expect(pipeline.status()).toMatchObject({ queued: { live: 0, asked: 0, bulk: 0 }, workerRestarts: 0 });
  await pipeline.close();
});

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A PNG whose header promises more than its few bytes hold. */
function boastfulPng(width: number, height: number): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(1000))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('is refused with its own code', async () => {
  const jpeg = await testPicture().jpeg().toBuffer();
  const damaged = Buffer.from(jpeg);
  damaged.fill(0xff, damaged.length >> 1, (damaged.length >> 1) + 200);
  const png = await testPicture().png().toBuffer();
  const webp = await testPicture().webp().toBuffer();
  const bmp = Buffer.alloc(200);
  bmp.write('BM');
  bmp.writeUInt32LE(40, 14);
  const small = Buffer.from(bmp);
  small.writeInt32LE(300, 18);
  small.writeInt32LE(-300, 22);
  small.writeUInt16LE(24, 28);
  const huge = Buffer.from(bmp);
  huge.writeInt32LE(30_000, 18);
  huge.writeInt32LE(30_000, 22);
  const long = Buffer.from(bmp);
  long.writeInt32LE(70_000, 18);
  long.writeInt32LE(40, 22);
  it.each([
    ['no bytes', 'empty-file', Buffer.alloc(0)],
    ['text', 'unsupported-format', Buffer.from('hello, I am not a picture')],
    ['SVG', 'svg-refused', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"/>')],
    ['a truncated JPEG', 'broken-picture', jpeg.subarray(0, jpeg.length * 0.6)],
    ['a JPEG cut after its magic bytes', 'broken-picture', jpeg.subarray(0, 4)],
    ['a JPEG with changed bytes', 'broken-picture', damaged],
    ['a truncated PNG', 'broken-picture', png.subarray(0, png.length * 0.6)],
    ['a truncated WebP', 'broken-picture', webp.subarray(0, webp.length * 0.6)],
    ['a truncated BMP', 'broken-picture', small],
    ['a BMP without a size', 'broken-picture', bmp],
    ['30000 x 30000 pixels', 'too-many-pixels', boastfulPng(30_000, 30_000)],
    ['a BMP of 30000 x 30000', 'too-many-pixels', huge],
    ['a strip of 3 million columns', 'too-long', boastfulPng(3_000_000, 32)],
    ['a strip of 70,000 rows', 'too-long', boastfulPng(40, 70_000)],
    ['a BMP of 70,000 columns', 'too-long', long],
    ['a PNG without the pixels it promises', 'broken-picture', boastfulPng(5000, 5000)],
    [
      'one pixel',
      'too-small',
      await sharp({ create: { width: 1, height: 1, channels: 3, background: '#123' } })
        .png()
        .toBuffer(),
    ],
    ['65 MB', 'too-large', Buffer.alloc(65 * 1024 * 1024, jpeg)],
  ])('%s: %s', async (_, code, bytes) => {
    // What boasts has no pixels: had anything tried to decode it, the code would be that of a broken picture.
    await expect(check(bytes)).rejects.toMatchObject({ code });
  });
});

async function animatedAvif(width: number, height: number, frames: number): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-avif-'));
  const path = join(folder, 'moving.avif');
  const draw = (index: number): Uint8Array => new Uint8Array(width * height * 3).map((_, at) => (at * 7 + index) % 251);
  await makeClip({ path, encoder: 'libsvtav1', width, height, rate: 5, frames, draw });
  const bytes = await readFile(path);
  await rm(folder, { recursive: true });
  return bytes;
}

/** Says that a PNG has more frames, as APNG does: a chunk behind the header. */
function animatedPng(png: Buffer, frames: number): Buffer {
  const header = 8 + 12 + 13;
  const chunk = Buffer.alloc(20);
  chunk.writeUInt32BE(8, 0);
  chunk.write('acTL', 4, 'latin1');
  chunk.writeUInt32BE(frames, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 16)), 16);
  return Buffer.concat([png.subarray(0, header), chunk, png.subarray(header)]);
}

describe('is judged', async () => {
  const base = testPicture(400, 300);
  const frames = [1, 2, 3].map((seed) => testPicture(400, 300, seed).png().toBuffer());
  const animated = sharp(await Promise.all(frames), { join: { animated: true } });
  const raw = await base.clone().ensureAlpha().raw().toBuffer();
  // bmp-ts takes ABGR.
  const abgr = Buffer.from(raw);
  for (let at = 0; at < raw.length; at += 4) {
    for (let i = 0; i < 4; i++) abgr[at + i] = raw[at + 3 - i] ?? 0;
  }
  it.each([
    ['an animated GIF', 'gif', 3, await animated.clone().gif().toBuffer()],
    ['an animated WebP', 'webp', 3, await animated.clone().webp().toBuffer()],
    ['an animated PNG', 'png', 3, animatedPng(await base.clone().png().toBuffer(), 3)],
    ['a CMYK JPEG', 'jpeg', 1, await base.clone().toColourspace('cmyk').jpeg().toBuffer()],
    ['a greyscale JPEG', 'jpeg', 1, await base.clone().greyscale().jpeg().toBuffer()],
    ['a 16-bit PNG', 'png', 1, await base.clone().toColourspace('rgb16').png().toBuffer()],
    ['a palette PNG', 'png', 1, await base.clone().png({ palette: true, colours: 64 }).toBuffer()],
    ['a PNG with transparency', 'png', 1, await base.clone().ensureAlpha(0.4).png().toBuffer()],
    ['an AVIF', 'avif', 1, await base.clone().avif({ effort: 0 }).toBuffer()],
    ['an animated AVIF', 'avif', 5, await animatedAvif(400, 300, 5)],
    ['a TIFF', 'tiff', 1, await base.clone().tiff().toBuffer()],
    ['a BMP', 'bmp', 1, encodeBmp({ data: abgr, width: 400, height: 300, bitPP: 24 }).data],
  ])('%s', async (_, format, count, bytes) => {
    const record = await check(bytes);
    expect(record.picture).toMatchObject({ format, width: 400, height: 300, frames: count });
    const codes = record.verdict.caveats.map(({ code }) => code);
    expect(codes.includes('animated-first-frame')).toBe(count > 1);
  });

  it('a sideways photo with its size as shown', async () => {
    const record = await check(await base.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer());
    expect(record.picture).toMatchObject({ width: 300, height: 400 });
  });

  it('the same pixels alike in every lossless container', async () => {
    const containers = [
      await base.clone().png().toBuffer(),
      await base.clone().tiff({ compression: 'lzw' }).toBuffer(),
      encodeBmp({ data: abgr, width: 400, height: 300, bitPP: 24 }).data,
      await base.clone().webp({ lossless: true }).toBuffer(),
    ];
    const logits: unknown[] = [];
    for (const bytes of containers) logits.push((await check(bytes)).evidence[0]?.details.logit);
    expect(new Set(logits).size).toBe(1);
  });

  it('a sample photograph', async () => {
    const rocket = await readFile(fileURLToPath(new URL('../../assets/samples/rocket.jpg', import.meta.url)));
    expect((await check(rocket)).verdict.value).not.toBe('fake');
  });
});
