import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CaptureSource, CompanionSettings, type Lane, measuredBand, type ResultRecord } from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPipeline } from './create-pipeline.ts';
import { writePack } from './fixtures/pack-versions.ts';
import { testPicture } from './fixtures/test-pictures.ts';
import { memoryLog } from './memory-log.ts';
import type { Pipeline } from './pipeline.ts';

/** Of every pack: each has a folder of its own. */
const VERSION = '0.1.0';
const source: CaptureSource = { kind: 'image', path: 'original-bytes', private: false };
let scratch = '';
let photo: Buffer;
/** By the probabilities of their packs: to try a pack and to load it costs seconds. Without a log no check knows of another. */
const pipelines = new Map<string, Promise<Pipeline>>();

/** The starter pack under another name and tier, whose calibration always gives about this probability. */
async function addPack(folder: string, name: string, tier: 'quick' | 'thorough', probability: number): Promise<void> {
  await rename(await writePack(folder, { name, version: VERSION, tier, probability }), join(folder, name));
}

function withPacks(quick: number, thorough?: number): Promise<Pipeline> {
  const pair = [quick, thorough].join();
  const open = pipelines.get(pair) ?? openWith(quick, thorough);
  pipelines.set(pair, open);
  return open;
}

async function openWith(quick: number, thorough: number | undefined): Promise<Pipeline> {
  const folder = await mkdtemp(join(scratch, 'packs-'));
  await addPack(folder, 'quick', 'quick', quick);
  if (thorough !== undefined) await addPack(folder, 'thorough', 'thorough', thorough);
  return createPipeline({
    settings: () => v.parse(CompanionSettings, {}),
    logger: pino({ level: 'silent' }),
    packFolders: [folder],
    provider: 'cpu',
  });
}

const judge = (pipeline: Pipeline, lane: Lane): Promise<ResultRecord> => pipeline.check({ source, lane, bytes: photo });

const packsOf = (record: ResultRecord): unknown[] => record.evidence.map(({ details }) => details.pack).filter(Boolean);
const caveatsOf = (record: ResultRecord): string[] => record.verdict.caveats.map(({ code }) => code);

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'touchstone-tiers-'));
  photo = await testPicture().jpeg({ quality: 90 }).toBuffer();
});
afterAll(async () => {
  for (const pipeline of pipelines.values()) await (await pipeline).close();
  await rm(scratch, { recursive: true });
});

describe('two tiers', () => {
  it('are named in the status', async () => {
    for (const [pipeline, thorough] of [
      [await withPacks(0.5, 0.95), 'thorough'],
      [await withPacks(0.5), null],
    ] as const) {
      expect(pipeline.status().inUse).toEqual({ quick: 'quick', thorough });
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
  it.each([0.9, 0.2])(
    'what scrolls by waits for the thorough pack when the quick one is near a threshold: %d',
    async (quick) => {
      const badge = await judge(await withPacks(quick, 0.5), 'bulk');
      const asked = await judge(await withPacks(quick, 0.5), 'asked');
      expect(packsOf(badge)).toEqual(['quick', 'thorough']);
      expect(badge.verdict).toMatchObject({ value: asked.verdict.value, leaning: 'none' });
    },
  );
  it('video that plays never waits for the thorough pack', async () => {
    expect(packsOf(await judge(await withPacks(0.5, 0.05), 'live'))).toEqual(['quick']);
  });
  it('without a thorough pack the quick one answers, with the caveat', async () => {
    const record = await judge(await withPacks(0.95), 'asked');
    expect(record.verdict.value).toBe('fake');
    expect(caveatsOf(record)).toEqual(['quick-only']);
  });
});

describe('two packs that were measured together', () => {
  const together = {
    kind: 'platt-2',
    scale: 0.4,
    otherScale: 0.1,
    bias: 2,
    fittedOn: 'a test',
    thresholds: { fakeAbove: 0.9, realBelow: 0.1, meaning: 'a test' },
    bands: [{ band: 'unlikely', pictures: 7, aiShare: 0.1 }],
  };
  const { log } = memoryLog();
  function withJointPacks(sha256 = ''): Promise<Pipeline> {
    const open = pipelines.get(`joint ${sha256}`) ?? openJoint(sha256);
    pipelines.set(`joint ${sha256}`, open);
    return open;
  }
  async function openJoint(sha256: string): Promise<Pipeline> {
    const folder = await mkdtemp(join(scratch, 'packs-'));
    await addPack(folder, 'quick', 'quick', 0.5);
    await addPack(folder, 'thorough', 'thorough', 0.5);
    const path = join(folder, 'thorough', 'pack.json');
    const manifest = JSON.parse(await readFile(path, 'utf8'));
    const others = { name: 'quick', sha256: sha256 || manifest.model.sha256 };
    await writeFile(path, JSON.stringify({ ...manifest, together: { with: others, ...together } }));
    const logger = pino({ level: 'silent' });
    const settings = () => v.parse(CompanionSettings, {});
    return createPipeline({ log, settings, logger, packFolders: [folder], provider: 'cpu' });
  }
  const logitIn = ({ evidence }: ResultRecord, pack: string): number =>
    Number(evidence.find(({ details }) => details.pack === pack)?.details.logit);

  it('decide together, and the record names both and their weights', async () => {
    const pipeline = await withJointPacks();
    // Another picture than below: this log remembers.
    const bytes = await testPicture(640, 480, 2).png().toBuffer();
    const record = await pipeline.check({ source, lane: 'asked', bytes });
    const sum = 0.4 * logitIn(record, 'thorough') + 0.1 * logitIn(record, 'quick') + 2;
    expect(record.verdict.probability).toBeCloseTo(1 / (1 + Math.exp(-sum)), 3);
    expect(record.together).toMatchObject({ weights: [0.4, 0.1], bias: 2, fittedOn: 'a test' });
    expect(record.together?.packs.map(({ name }) => name)).toEqual(['thorough', 'quick']);
    expect(record.verdict.reasons.map(({ details }) => details.pack)).toEqual(['thorough + quick']);
    expect(
      measuredBand(pipeline.status().packs, { ...record, verdict: { ...record.verdict, probability: 0.1 } }),
    ).toEqual(together.bands[0]);
  });
  it('a pack that a person names answers alone, and neither verdict stands for the other', async () => {
    const pipeline = await withJointPacks();
    const ask = (pack?: string) => pipeline.check({ source, lane: 'asked', bytes: photo, ...(pack && { pack }) });
    const alone = await ask('thorough');
    expect(alone).toMatchObject({ pack: { name: 'thorough' }, verdict: { value: 'uncertain' } });
    expect(alone.together).toBeUndefined();
    const joint = await ask();
    expect(joint.together).toBeDefined();
    expect(joint.verdict.reasons.map(({ code }) => code)).toContain('seen-same-file');
    expect((await ask('thorough')).together).toBeUndefined();
  });
  it('another file under the other name: the thorough pack decides alone', async () => {
    const record = await judge(await withJointPacks('0'.repeat(64)), 'asked');
    expect(record.together).toBeUndefined();
    expect(record.verdict).toMatchObject({ value: 'uncertain', probability: expect.closeTo(0.5, 3) });
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
    await pipeline.close();
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
