import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPack } from '@touchstone/models';
import { type CaptureSource, CompanionSettings, type ResultRecord } from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ownHeadOf, writeHead } from '../../../models/src/pack/fixtures/own-head.ts';
import { openHistory } from '../log/create-result-log.ts';
import { type Cache, NO_OBSERVER } from '../observe/observer.ts';
import { createPipeline } from './create-pipeline.ts';
import { writePack } from './fixtures/pack-versions.ts';
import { testPicture } from './fixtures/test-pictures.ts';
import type { CheckRequest, Pipeline } from './pipeline.ts';

const SHIPPED = fileURLToPath(new URL('../../../models/packs', import.meta.url));
const source: CaptureSource = { kind: 'image', path: 'original-bytes', private: false };

/** The most by which a probability from kept features may differ from that of the graph. */
const PARITY = 1e-3;

let folder: string;
let pipeline: Pipeline;
let history: ReturnType<typeof openHistory>;
let settings = v.parse(CompanionSettings, {});
let runs = 0;
let hits: [Cache, boolean][] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-rejudge-'));
  const packs = join(folder, 'packs');
  for (const name of ['quick', 'starter']) {
    const base = await readPack(join(SHIPPED, name));
    const own = ownHeadOf(base);
    await writeHead(packs, base, own, { name: `${name}-own` });
    const turned = { weights: own.weights.map((weight) => -weight), bias: -own.bias };
    await writeHead(packs, base, turned, { name: `${name}-turned` });
  }
  // Its own head reads other blocks than its embedding: a made one.
  const thorough = await readPack(join(SHIPPED, 'thorough'));
  const made = { weights: Array.from({ length: 768 }, (_, i) => Math.sin(i * 1.7) / 30), bias: 0.2 };
  await writeHead(packs, thorough, made, { name: 'thorough-made' });
  history = openHistory(join(folder, 'history.sqlite'));
  pipeline = await createPipeline({
    log: history.history,
    embeddings: history.embeddings,
    settings: () => settings,
    logger: pino({ level: 'silent' }),
    packFolders: [SHIPPED, packs],
    provider: 'cpu',
    observer: {
      ...NO_OBSERVER,
      run: () => {
        runs += 1;
      },
      cache: (name, hit) => hits.push([name, hit]),
    },
  });
});
beforeEach(() => {
  runs = 0;
  hits = [];
});
afterAll(async () => {
  await pipeline.close();
  history.log.close();
  await rm(folder, { recursive: true });
});

const check = (bytes: Uint8Array, pack?: string, more: Partial<CheckRequest> = {}): Promise<ResultRecord> =>
  pipeline.check({ source, lane: 'asked', bytes, ...(pack === undefined ? {} : { pack }), ...more });
const numberOf = (record: ResultRecord): number =>
  Number(record.evidence.find(({ kind }) => kind === 'classifier')?.details.probability);
const codesOf = ({ verdict }: ResultRecord) => ({
  caveats: verdict.caveats.map(({ code }) => code),
  reasons: verdict.reasons.map(({ code }) => code).filter((code) => !code.startsWith('seen')),
});

describe('another head on an encoder that has seen the picture', () => {
  it.each(['quick', 'starter'])(
    'answers as the graph of %s does whose own head it is, without a run of it',
    async (base) => {
      for (const seed of [1, 2, 3, 4]) {
        const bytes = await testPicture(300 + 40 * seed, 250 + base.length, seed)
          .jpeg({ quality: 30 + 20 * (seed % 4) })
          .toBuffer();
        const whole = await check(bytes, base);
        runs = 0;
        const head = await check(bytes, `${base}-own`);
        expect(runs).toBe(0);
        expect(head.pack).toMatchObject({ name: `${base}-own`, version: '1' });
        expect(Math.abs(numberOf(head) - numberOf(whole))).toBeLessThan(PARITY);
        expect(Math.abs(head.verdict.probability - whole.verdict.probability)).toBeLessThan(PARITY);
        expect(codesOf(head)).toEqual(codesOf(whole));
        expect(head).toMatchObject({ provider: 'cpu', logged: true, hasThumbnail: true });
        expect(head.seenBefore).toMatchObject({ exact: true, recordId: whole.id });
        expect(await history.history.get(head.id)).toEqual(head);
      }
    },
  );

  it.each(['quick-turned', 'thorough-made'])('%s says the same from kept features as from the pixels', async (name) => {
    const bytes = await testPicture(420, 300, name.length).png().toBuffer();
    const base = name.split('-')[0] ?? '';
    const whole = await check(bytes, base);
    runs = 0;
    const kept = await check(bytes, name);
    expect(runs).toBe(0);
    const anew = await check(bytes, name, { fresh: true });
    expect(runs).toBeGreaterThan(0);
    expect(Math.abs(numberOf(kept) - numberOf(anew))).toBeLessThan(PARITY);
    expect(codesOf(kept)).toEqual(codesOf(anew));
    expect(kept.evidence.filter(({ kind }) => kind === 'classifier')).toHaveLength(1);
    if (name === 'quick-turned') expect(numberOf(kept)).not.toBeCloseTo(numberOf(whole), 2);
  });

  it('counts its hits and misses', async () => {
    const bytes = await testPicture(340, 300, 21).png().toBuffer();
    await check(bytes, 'starter-own');
    await check(await testPicture(340, 300, 22).png().toBuffer(), 'starter');
    await check(await testPicture(340, 300, 22).png().toBuffer(), 'starter-own');
    expect(hits.filter(([name]) => name === 'embeddings').map(([, hit]) => hit)).toEqual([false, false, true]);
  });

  it('in a tier needs no run of its graph either', async () => {
    const bytes = await testPicture(340, 300, 31).png().toBuffer();
    await check(bytes, 'starter');
    settings = { ...settings, quickPack: 'starter-own' };
    runs = 0;
    const record = await check(bytes, undefined, { lane: 'live' });
    settings = { ...settings, quickPack: null };
    expect([record.pack.name, runs]).toEqual(['starter-own', 0]);
  });

  it('is explained by hiding parts of the picture', async () => {
    const bytes = await testPicture(340, 300, 41).png().toBuffer();
    await check(bytes, 'starter');
    const record = await check(bytes, 'starter-own');
    expect(await pipeline.explain({ record, bytes })).toMatchObject({ method: 'occlusion', pack: 'starter-own@1' });
  });
});

describe('looks at the picture itself', () => {
  it.each<[string, Partial<CheckRequest>]>([
    ['in a private window', { source: { ...source, private: true } }],
    ['on demand', { fresh: true }],
  ])('%s', async (why, more) => {
    const bytes = await testPicture(340, 300, 50 + why.length)
      .png()
      .toBuffer();
    await check(bytes, 'starter');
    runs = 0;
    await check(bytes, 'starter-own', more);
    expect(runs).toBeGreaterThan(0);
  });

  it('once its records are deleted', async () => {
    const bytes = await testPicture(340, 300, 61).png().toBuffer();
    const { id } = await check(bytes, 'starter');
    await history.embeddings.settled();
    await history.history.deleteIds([id]);
    runs = 0;
    await check(bytes, 'starter-own');
    expect(runs).toBeGreaterThan(0);
  });
});

it('a pack whose graph a head needs is not removed before the head', async () => {
  const packs = join(folder, 'packs');
  const base = await readPack(await writePack(packs, { name: 'mine', version: '1', probability: 0.5 }));
  await writeHead(packs, base, ownHeadOf(base), { name: 'mine-own' });
  await pipeline.packs.refresh();
  await expect(pipeline.packs.remove('mine')).rejects.toMatchObject({
    code: 'pack-in-use',
    nextStep: 'Remove mine-own@1 first.',
  });
  expect(await pipeline.packs.remove('mine-own')).toBe('mine-own@1');
  expect(await pipeline.packs.remove('mine')).toBe('mine@1');
});
