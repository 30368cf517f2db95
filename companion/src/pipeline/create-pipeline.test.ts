import { fileURLToPath } from 'node:url';
import { type CaptureSource, CompanionSettings, ResultRecord } from '@touchstone/shared';
import pino from 'pino';
import sharp from 'sharp';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPANION_VERSION } from '../records/companion-version.ts';
import { createContents } from '../store/contents.ts';
import { memoryContentStore } from '../store/fixtures/memory-content-store.ts';
import { createPipeline } from './create-pipeline.ts';
import { testPicture } from './fixtures/test-pictures.ts';
import { memoryLog } from './memory-log.ts';
import type { CheckRequest, Pipeline } from './pipeline.ts';

const packFolders = [fileURLToPath(new URL('../../../models/packs', import.meta.url))];
const logger = pino({ level: 'silent' });
const source: CaptureSource = { kind: 'image', path: 'original-bytes', pageUrl: 'https://page.test/', private: false };
const asked = (bytes: Uint8Array, more: Partial<CheckRequest> = {}): CheckRequest => ({
  source,
  lane: 'asked',
  bytes,
  pack: 'starter',
  ...more,
});

const { log, kept } = memoryLog();
let settings = v.parse(CompanionSettings, {});
const contents = createContents(memoryContentStore(), (hash) =>
  [...kept.values()].some(({ content }) => content === hash),
);
let pipeline: Pipeline;
let photo: Buffer;

beforeAll(async () => {
  pipeline = await createPipeline({ log, contents, settings: () => settings, logger, packFolders, provider: 'cpu' });
  photo = await testPicture().jpeg({ quality: 90 }).toBuffer();
});
afterAll(() => pipeline.close());

describe('a picture', () => {
  it('becomes a record that is in the log before it is delivered', async () => {
    const stages: string[] = [];
    const record = await pipeline.check(asked(photo, { onProgress: (stage) => stages.push(stage) }));
    expect(v.is(ResultRecord, record)).toBe(true);
    expect(stages).toEqual(['queued', 'decoding', 'judging']);
    expect(record).toMatchObject({ provider: 'cpu', logged: true, hasThumbnail: true, hasOriginal: false });
    expect(record.picture).toMatchObject({ format: 'jpeg', width: 640, height: 480, frames: 1, bytes: photo.length });
    expect(record.pack.name).toBe('starter');
    expect(await log.get(record.id)).toEqual(record);
    expect(Buffer.from(kept.get(record.id)?.thumbnail?.subarray(8, 12) ?? []).toString()).toBe('WEBP');
    expect(record.timings.total).toBeGreaterThan(record.timings.inference);
  });

  it('asked about again gives a new record with the old verdict; scrolling by gives the old record', async () => {
    const rows = log.count();
    const again = await pipeline.check(asked(photo, { source: { ...source, pageUrl: 'https://other.test/' } }));
    expect(again.seenBefore).toMatchObject({ exact: true, distance: 0, pageUrl: 'https://page.test/' });
    expect(again.source.pageUrl).toBe('https://other.test/');
    expect(again.verdict.reasons.at(-1)?.code).toBe('seen-same-file');
    expect(log.count()).toBe(rows + 1);
    const passing = await pipeline.check(asked(photo, { lane: 'bulk' }));
    expect(passing.id).toBe(again.id);
    expect(log.count()).toBe(rows + 1);
  });

  it('is judged anew on demand, with the same answer', async () => {
    const first = await pipeline.check(asked(photo));
    const fresh = await pipeline.check(asked(photo, { fresh: true }));
    expect(fresh.timings.decode).toBeGreaterThan(0);
    expect(fresh.verdict.probability).toBeCloseTo(first.verdict.probability, 5);
  });

  it('is judged anew where another version of the companion judged it: that one reads files otherwise', async () => {
    const bytes = await testPicture().jpeg({ quality: 71 }).toBuffer();
    const judged = async (companion: string | undefined) => {
      const { companion: _, ...first } = await pipeline.check(asked(bytes, { fresh: true }));
      const earlier = { ...first, ...(companion !== undefined && { companion }), provider: 'an earlier run' };
      await log.append(earlier, {});
      return (await pipeline.check(asked(bytes))).provider;
    };
    expect(await judged('0.0.1')).toBe('cpu');
    expect(await judged(undefined)).toBe('cpu');
    expect(await judged(COMPANION_VERSION)).toBe('an earlier run');
  });

  it('names a near-duplicate', async () => {
    // Synthetic waves hash unsteadily: a real photograph it is.
    const rocket = fileURLToPath(new URL('../../assets/samples/rocket.jpg', import.meta.url));
    await pipeline.check(asked(await sharp(rocket).png().toBuffer()));
    const smaller = await sharp(rocket).resize(400).jpeg({ quality: 60 }).toBuffer();
    const record = await pipeline.check(asked(smaller));
    expect(record.seenBefore).toMatchObject({ exact: false });
    expect(record.verdict.reasons.at(-1)?.code).toBe('seen-similar');
  });
});

describe('what is not written down', () => {
  it.each(['private', 'paused'])('%s', async (why) => {
    const rows = log.count();
    const bytes = await testPicture(400, 300, why.length).png().toBuffer();
    settings = { ...settings, recordingPaused: why === 'paused' };
    const record = await pipeline.check(asked(bytes, { source: { ...source, private: why === 'private' } }));
    settings = { ...settings, recordingPaused: false };
    expect(record).toMatchObject({ logged: false, hasThumbnail: false });
    expect(log.count()).toBe(rows);
  });
  it('is not delivered when it should have been', async () => {
    const failing = memoryLog({ full: true });
    const other = await createPipeline({
      log: failing.log,
      settings: () => settings,
      logger,
      packFolders,
      provider: 'cpu',
    });
    await expect(other.check(asked(photo))).rejects.toMatchObject({ code: 'log-failed' });
    await other.close();
  });
});

it('keeps thumbnails and originals as the settings say', async () => {
  settings = { ...settings, keepThumbnails: false, keepOriginals: true };
  const record = await pipeline.check(asked(photo, { fresh: true }));
  settings = v.parse(CompanionSettings, {});
  expect(record).toMatchObject({ hasThumbnail: false, hasOriginal: true });
  expect(await contents.read(kept.get(record.id)?.content ?? '')).toEqual(new Uint8Array(photo));
});

it('finds no pack of an unknown name', async () => {
  await expect(pipeline.check(asked(photo, { pack: 'no-such-pack' }))).rejects.toMatchObject({ code: 'pack-unknown' });
});

it('stops at once when a check is cancelled', async () => {
  const cancel = new AbortController();
  const check = pipeline.check(asked(photo, { fresh: true, signal: cancel.signal }));
  cancel.abort();
  await expect(check).rejects.toMatchObject({ code: 'cancelled' });
});

it('finishes what is still being taken in when it closes', async () => {
  const closing = await createPipeline({ log, settings: () => settings, logger, packFolders, provider: 'cpu' });
  const check = closing.check(asked(photo, { fresh: true }));
  const closed = closing.close();
  await expect(closing.check(asked(photo))).rejects.toMatchObject({ code: 'shutting-down' });
  expect((await check).picture.bytes).toBe(photo.length);
  await closed;
});

it('finishes what it accepted, then refuses', async () => {
  const closing = await createPipeline({ log, settings: () => settings, logger, packFolders, provider: 'cpu' });
  const pictures = await Promise.all([5, 6, 7].map((seed) => testPicture(300, 300, seed).png().toBuffer()));
  const checks = pictures.map((bytes) => closing.check(asked(bytes, { fresh: true })));
  const results = Promise.allSettled(checks);
  await new Promise((resolve) => setTimeout(resolve, 60));
  // However busy the computer is, nothing is cut off.
  await closing.close(300_000);
  expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  await expect(closing.check(asked(photo))).rejects.toMatchObject({ code: 'shutting-down' });
});
