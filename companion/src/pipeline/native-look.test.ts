import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openPack, readPack, runPack } from '@touchstone/models';
import { type CaptureSource, CompanionSettings, type ResultRecord } from '@touchstone/shared';
import pino from 'pino';
import sharp from 'sharp';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { memoryEmbeddingStore } from '../store/fixtures/memory-embedding-store.ts';
import { createPipeline } from './create-pipeline.ts';
import { memoryLog } from './memory-log.ts';
import type { Pipeline } from './pipeline.ts';

const packFolders = [fileURLToPath(new URL('../../../models/packs', import.meta.url))];
const thorough = fileURLToPath(new URL('../../../models/packs/thorough', import.meta.url));
const source: CaptureSource = { kind: 'image', path: 'original-bytes', private: false };
const embeddings = memoryEmbeddingStore();
let pipeline: Pipeline;
let whole: Buffer;

beforeAll(async () => {
  const logger = pino({ level: 'silent' });
  const settings = () => v.parse(CompanionSettings, {});
  pipeline = await createPipeline({
    log: memoryLog().log,
    embeddings,
    settings,
    logger,
    packFolders,
    provider: 'cpu',
  });
  whole = await readFile(fileURLToPath(new URL('../../assets/samples/chelsea.png', import.meta.url)));
  // The sample is smaller than what a native look takes; noise at twice its size stands for a camera's own pixels.
  const { width = 0, height = 0 } = await sharp(whole).metadata();
  const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const;
  const grain = await sharp({
    create: { width: 2 * width, height: 2 * height, channels: 3, background: '#000', noise },
  })
    .png()
    .toBuffer();
  whole = await sharp(whole)
    .resize(2 * width, 2 * height)
    .composite([{ input: grain, blend: 'soft-light' }])
    .png()
    .toBuffer();
});
afterAll(() => pipeline.close());

const check = (bytes: Buffer, pack?: string): Promise<ResultRecord> =>
  pipeline.check({ source, lane: 'asked', bytes, fresh: true, ...(pack && { pack }) });

const saidTwice = ({ evidence }: ResultRecord): unknown[] =>
  evidence.filter(({ kind, details }) => kind === 'classifier' && details.lookedTwice === true);

it('looks at the pixels of a picture that still has them, as the evaluation does', async () => {
  embeddings.kept.clear();
  const record = await check(whole, 'thorough');
  const { data, info } = await sharp(whole).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const session = await openPack(await readPack(thorough));
  const own = await runPack(session, { data, width: info.width, height: info.height });
  await session.release();
  expect(own.firstLogit).toBeDefined();
  expect(saidTwice(record)).toHaveLength(1);
  expect(record.evidence.find(({ kind }) => kind === 'classifier')?.details.logit).toBeCloseTo(own.logit, 3);
  // What is kept for other packs is the look that they share, and no other.
  expect([...embeddings.kept.values()].map(({ views }) => views)).toEqual([1]);
});

it('tells that it looked twice where both packs answered together', async () => {
  const record = await check(whole);
  expect(record.together).toBeDefined();
  expect(saidTwice(record)).toHaveLength(2);
});

it.each([
  ['encoded coarsely', () => sharp(whole).jpeg({ quality: 30 }).toBuffer()],
  [
    'shrunk and enlarged again',
    () =>
      sharp(whole)
        .resize(160)
        .png()
        .toBuffer()
        .then((small) => sharp(small).resize(900).png().toBuffer()),
  ],
  ['shrunk', () => sharp(whole).resize({ height: 440 }).png().toBuffer()],
])('does not of one that was %s', async (_, made) => {
  expect(saidTwice(await check(await made()))).toEqual([]);
});
