import { fileURLToPath } from 'node:url';
import { encoderOf, listPacks, openPack, preprocessingOf, viewsOf } from '@touchstone/models';
import { type CaptureSource, CompanionSettings } from '@touchstone/shared';
import pino from 'pino';
import sharp from 'sharp';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { memoryEmbeddingStore } from '../store/fixtures/memory-embedding-store.ts';
import { createPipeline } from './create-pipeline.ts';
import { testPicture } from './fixtures/test-pictures.ts';
import { memoryLog } from './memory-log.ts';
import type { Pipeline } from './pipeline.ts';

const packFolders = [fileURLToPath(new URL('../../../models/packs', import.meta.url))];
const source: CaptureSource = { kind: 'image', path: 'original-bytes', private: false };
const { log } = memoryLog();
const embeddings = memoryEmbeddingStore();
let settings = v.parse(CompanionSettings, {});
let pipeline: Pipeline;
let bytes: Buffer;

beforeAll(async () => {
  const logger = pino({ level: 'silent' });
  pipeline = await createPipeline({ log, embeddings, settings: () => settings, logger, packFolders, provider: 'cpu' });
  bytes = await testPicture(400, 300, 11).png().toBuffer();
});
beforeEach(() => {
  embeddings.kept.clear();
});
afterAll(() => pipeline.close());

it('keeps what a pack saw in a picture that has a record: what its graph gives for the same views', async () => {
  const record = await pipeline.check({ source, lane: 'asked', bytes, pack: 'starter', fresh: true });
  const pack = [...(await listPacks(packFolders)).packs.values()].find(({ manifest }) => manifest.name === 'starter');
  if (!pack) throw new Error('no starter pack');
  const [[key, kept] = []] = [...embeddings.kept];
  expect(key).toBe([record.picture.sha256, encoderOf(pack), preprocessingOf(pack.manifest.input)].join(' '));
  const { data, info } = await sharp(bytes).flatten({ background: '#fff' }).raw().toBuffer({ resolveWithObject: true });
  const session = await openPack(pack);
  const own = await session.run([await viewsOf({ ...info, data }).views(pack.manifest.input)]);
  await session.release();
  expect(kept).toMatchObject({ views: own.count, provider: 'cpu', companion: record.companion });
  expect([...(kept?.vectors ?? [])]).toEqual([...own.embeddings]);
});

it.each(['private windows', 'paused recording'])('keeps nothing of %s', async (why) => {
  const hidden = why === 'private windows';
  settings = { ...settings, recordingPaused: !hidden };
  await pipeline.check({ source: { ...source, private: hidden }, lane: 'asked', bytes, pack: 'starter', fresh: true });
  settings = { ...settings, recordingPaused: false };
  expect(embeddings.kept.size).toBe(0);
});
