import { fileURLToPath } from 'node:url';
import { type CaptureSource, CompanionSettings, Explanation } from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPipeline } from './create-pipeline.ts';
import { testPicture } from './fixtures/test-pictures.ts';
import { memoryLog } from './memory-log.ts';
import type { Pipeline } from './pipeline.ts';
import { createRecentPictures } from './recent-pictures.ts';

const packFolders = [fileURLToPath(new URL('../../../models/packs', import.meta.url))];
const source: CaptureSource = { kind: 'image', path: 'original-bytes', pageUrl: 'https://page.test/', private: false };
const end = new AbortController();
const recent = createRecentPictures(end.signal);
const { log } = memoryLog();

let pipeline: Pipeline;
let bytes: Buffer;

beforeAll(async () => {
  pipeline = await createPipeline({
    log,
    recent,
    settings: () => v.parse(CompanionSettings, {}),
    logger: pino({ level: 'silent' }),
    packFolders,
    provider: 'cpu',
  });
  bytes = await testPicture(400, 300).jpeg().toBuffer();
});
afterAll(async () => {
  end.abort();
  await pipeline.close();
});

const check = (more = {}) => pipeline.check({ source, lane: 'asked', bytes, pack: 'starter', ...more });

describe('explain', () => {
  it('says where the score of a checked picture comes from, with the pack that gave it', async () => {
    const record = await check();
    const held = recent.find(record.id);
    if (!held) throw new Error('the picture is not held');
    const explanation = await pipeline.explain(held);
    expect(v.is(Explanation, explanation)).toBe(true);
    expect(explanation.pack).toBe(`starter@${record.pack.version}`);
    expect([explanation.columns, explanation.rows]).toEqual([16, 12]);
    expect(Math.max(...explanation.values.map(Math.abs))).toBe(1);
    expect(explanation.runs).toBeLessThanOrEqual(12);
  });

  it('stops when nobody waits for it any more', async () => {
    const record = await check();
    const stop = new AbortController();
    const explaining = pipeline.explain({ record, bytes, signal: stop.signal });
    stop.abort();
    await expect(explaining).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('needs the pack that gave the score', async () => {
    const record = await check();
    const other = { ...record, pack: { ...record.pack, name: 'gone' } };
    await expect(pipeline.explain({ record: other, bytes })).rejects.toMatchObject({ code: 'pack-unknown' });
  });

  it('refuses what is no picture', async () => {
    const record = await check();
    const text = new TextEncoder().encode('no picture');
    await expect(pipeline.explain({ record, bytes: text })).rejects.toMatchObject({ code: 'unsupported-format' });
  });
});

describe('a picture that scrolls by again', () => {
  it('is held for the record that answers it', async () => {
    const record = await check();
    recent.forget('filter');
    const passing = await check({ lane: 'bulk' });
    expect(passing.id).toBe(record.id);
    expect(recent.find(record.id)?.bytes).toEqual(bytes);
  });
});

describe('a re-check', () => {
  it('is judged anew and names the record that it repeats; asking again does not inherit that', async () => {
    const first = await check();
    const again = await check({ fresh: true, recheckOf: first.id });
    expect(again).toMatchObject({ recheckOf: first.id, seenBefore: { exact: true } });
    expect((await log.get(again.id))?.recheckOf).toBe(first.id);
    const repeated = await check();
    expect(repeated.seenBefore?.recordId).toBe(again.id);
    expect(repeated.recheckOf).toBeUndefined();
  });
});

describe('what a near-duplicate lends', () => {
  it('is where, when and with what verdict it was checked, never the verdict itself', async () => {
    const sample = fileURLToPath(new URL('../../assets/samples/rocket.jpg', import.meta.url));
    const { default: sharp } = await import('sharp');
    const original = await sharp(sample).png().toBuffer();
    const first = await check({ bytes: original, source: { ...source, pageUrl: 'https://earlier.test/a' } });
    const smaller = await sharp(sample).resize(400).jpeg({ quality: 60 }).toBuffer();
    const later = await check({ bytes: smaller });
    expect(later.seenBefore).toMatchObject({
      recordId: first.id,
      at: first.at,
      verdict: first.verdict.value,
      pageUrl: 'https://earlier.test/a',
      exact: false,
    });
    expect(later.timings.inference).toBeGreaterThan(0);
    expect(later.verdict.probability).not.toBe(first.verdict.probability);
    const inPrivate = await check({ bytes: smaller, source: { ...source, private: true } });
    expect(inPrivate.seenBefore).toBeUndefined();
    expect(recent.find(inPrivate.id)).toBeUndefined();
  });
});
