import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CaptureSource, CompanionSettings, type Lane, type ResultRecord } from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPipeline } from './create-pipeline.ts';
import { memoryLog } from './memory-log.ts';
import type { Pipeline } from './pipeline.ts';
import { testPicture } from './test-pictures.ts';

const starter = fileURLToPath(new URL('../../../models/packs/starter', import.meta.url));
const source: CaptureSource = { kind: 'image', path: 'original-bytes', private: false };
let scratch = '';
let photo: Buffer;

/** The starter pack under another name and tier, whose calibration always gives about this probability. */
async function addPack(folder: string, name: string, tier: 'quick' | 'thorough', probability: number): Promise<void> {
  const target = join(folder, name);
  await cp(starter, target, { recursive: true });
  const manifest = JSON.parse(await readFile(join(starter, 'pack.json'), 'utf8'));
  const bias = Math.log(probability / (1 - probability));
  const calibration = { kind: 'platt', scale: 1e-6, bias, fittedOn: 'a test' };
  await rm(join(target, 'pack.json'));
  await writeFile(join(target, 'pack.json'), JSON.stringify({ ...manifest, name, tier, calibration }));
}

async function withPacks(quick: number, thorough?: number): Promise<Pipeline> {
  const folder = await mkdtemp(join(scratch, 'packs-'));
  await addPack(folder, 'quick', 'quick', quick);
  if (thorough !== undefined) await addPack(folder, 'thorough', 'thorough', thorough);
  return createPipeline({
    log: memoryLog().log,
    settings: () => v.parse(CompanionSettings, {}),
    logger: pino({ level: 'silent' }),
    packFolders: [folder],
    provider: 'cpu',
  });
}

async function judge(pipeline: Pipeline, lane: Lane): Promise<ResultRecord> {
  const record = await pipeline.check({ source, lane, bytes: photo });
  await pipeline.close();
  return record;
}

const packsOf = (record: ResultRecord): unknown[] => record.evidence.map(({ details }) => details.pack).filter(Boolean);
const caveatsOf = (record: ResultRecord): string[] => record.verdict.caveats.map(({ code }) => code);

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'touchstone-tiers-'));
  photo = await testPicture().jpeg({ quality: 90 }).toBuffer();
});
afterAll(() => rm(scratch, { recursive: true }));

describe('two tiers', () => {
  it('are named in the status', async () => {
    for (const [pipeline, thorough] of [
      [await withPacks(0.5, 0.95), 'thorough'],
      [await withPacks(0.5), null],
    ] as const) {
      expect(pipeline.status().inUse).toEqual({ quick: 'quick', thorough });
      await pipeline.close();
    }
  });
  it('what a person asks about is decided by the thorough pack', async () => {
    const record = await judge(await withPacks(0.5, 0.95), 'asked');
    expect(packsOf(record)).toEqual(['quick', 'thorough']);
    expect(record.pack.name).toBe('thorough');
    expect(record.verdict).toMatchObject({ value: 'fake', caveats: [] });
    expect(record.verdict.reasons.map(({ details }) => details.pack)).toEqual(['thorough']);
  });
  it('their disagreement is told', async () => {
    const record = await judge(await withPacks(0.95, 0.05), 'asked');
    expect(record.verdict.value).toBe('real');
    expect(caveatsOf(record)).toEqual(['models-disagree']);
  });
  it('what scrolls by is settled by a quick pack that is sure', async () => {
    const record = await judge(await withPacks(0.95, 0.05), 'bulk');
    expect(packsOf(record)).toEqual(['quick']);
    expect(caveatsOf(record)).toEqual(['quick-only']);
  });
  it('what scrolls by goes to the thorough pack when the quick one is undecided', async () => {
    expect((await judge(await withPacks(0.5, 0.05), 'bulk')).verdict.value).toBe('real');
  });
  it('video that plays never waits for the thorough pack', async () => {
    expect(packsOf(await judge(await withPacks(0.5, 0.05), 'live'))).toEqual(['quick']);
  });
  it('without a thorough pack the quick one answers, with the caveat', async () => {
    const record = await judge(await withPacks(0.95), 'asked');
    expect(record.verdict.value).toBe('fake');
    expect(caveatsOf(record)).toEqual(['quick-only']);
  });
});

describe('damaged packs', () => {
  async function damage(pipelinePacks: string[]): Promise<{ folder: string; pipeline: Pipeline }> {
    const folder = await mkdtemp(join(scratch, 'damaged-'));
    await addPack(folder, 'quick', 'quick', 0.95);
    await addPack(folder, 'starter', 'quick', 0.05);
    await addPack(folder, 'thorough', 'thorough', 0.05);
    for (const name of pipelinePacks) {
      const file = join(folder, name, 'model.onnx');
      const bytes = await readFile(file);
      await rm(file);
      await writeFile(file, bytes.fill(0, 1000, 2000));
    }
    const pipeline = await createPipeline({
      settings: () => v.parse(CompanionSettings, {}),
      logger: pino({ level: 'silent' }),
      packFolders: [folder],
      provider: 'cpu',
    });
    return { folder, pipeline };
  }
  it('thorough: the quick pack answers', async () => {
    const { pipeline } = await damage(['thorough']);
    const record = await judge(pipeline, 'asked');
    expect(record.pack.name).toBe('quick');
    expect(caveatsOf(record)).toEqual(['quick-only']);
  });
  it('quick: the next quick pack takes its place', async () => {
    const { pipeline } = await damage(['quick', 'thorough']);
    const record = await pipeline.check({ source, lane: 'bulk', bytes: photo });
    expect(record.pack.name).toBe('starter');
    expect(pipeline.status().packs.map(({ name }) => name)).not.toContain('quick');
    await pipeline.close();
  });
  it('all of them: the error says so, again and again', async () => {
    const { pipeline } = await damage(['quick', 'starter', 'thorough']);
    await expect(pipeline.check({ source, lane: 'asked', bytes: photo })).rejects.toMatchObject({
      code: 'pack-invalid',
    });
    await expect(pipeline.check({ source, lane: 'asked', bytes: photo })).rejects.toMatchObject({
      code: 'pack-invalid',
    });
    await pipeline.close();
  });
});
