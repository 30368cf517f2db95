import { fileURLToPath } from 'node:url';
import { type CaptureSource, CompanionSettings } from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import { expect, it, onTestFinished } from 'vitest';
import { type Observer, STAGES, type Stage } from '../observe/observer.ts';
import { createPipeline } from './create-pipeline.ts';
import { testPicture } from './fixtures/test-pictures.ts';
import { memoryLog } from './memory-log.ts';

const packFolders = [fileURLToPath(new URL('../../../models/packs', import.meta.url))];
const source: CaptureSource = { kind: 'image', path: 'original-bytes', pageUrl: 'https://page.test/', private: false };

interface Told {
  readonly stages: { readonly name: Stage; readonly from: number; readonly to: number }[];
  readonly ends: unknown[];
  readonly runs: { readonly pictures: number; readonly provider: string }[];
  readonly cache: boolean[];
}

function listener(): { readonly told: Told; readonly observer: Observer } {
  const told: Told = { stages: [], ends: [], runs: [], cache: [] };
  const observer: Observer = {
    check: () => ({
      stage: (name, from, to) => void told.stages.push({ name, from, to }),
      end: (error) => void told.ends.push(error),
    }),
    run: (run) => void told.runs.push(run),
    cache: (_, hit) => void told.cache.push(hit),
  };
  return { told, observer };
}

async function observed() {
  const { told, observer } = listener();
  const settings = v.parse(CompanionSettings, {});
  const logger = pino({ level: 'silent' });
  const { log } = memoryLog();
  const pipeline = await createPipeline({
    log,
    settings: () => settings,
    logger,
    packFolders,
    provider: 'cpu',
    observer,
  });
  onTestFinished(() => pipeline.close());
  return { told, pipeline };
}

it('whoever watches a check is told every stage of it, inside its whole time, and that it was found again', async () => {
  const { told, pipeline } = await observed();
  const bytes = await testPicture().jpeg().toBuffer();
  await pipeline.check({ source, lane: 'asked', bytes, pack: 'starter' });
  // Only some packs answer to faces (faces.test.ts).
  const expected = STAGES.filter((name) => name !== 'faces');
  expect(new Set(told.stages.map(({ name }) => name))).toEqual(new Set(expected));
  const whole = told.stages.find(({ name }) => name === 'total');
  for (const { name, from, to } of told.stages) {
    expect(to, name).toBeGreaterThanOrEqual(from);
    expect(from, name).toBeGreaterThanOrEqual(whole?.from ?? Number.NaN);
    expect(to, name).toBeLessThanOrEqual(whole?.to ?? Number.NaN);
  }
  expect(told.runs).toContainEqual({ pictures: 1, provider: 'cpu' });
  expect(told.ends).toEqual([undefined]);
  await pipeline.check({ source, lane: 'asked', bytes, pack: 'starter' });
  expect(told.cache).toEqual([false, true]);
});

it('and that a check failed, and a frame is a check of its own', async () => {
  const { told, pipeline } = await observed();
  await expect(pipeline.check({ source, lane: 'asked', bytes: new Uint8Array(0), pack: 'starter' })).rejects.toThrow();
  expect(told.ends).toEqual([expect.objectContaining({ code: 'empty-file' })]);
  const frame = await testPicture().jpeg().toBuffer();
  (await pipeline.judgeFrame(frame, { lane: 'live', pack: 'starter' })).release();
  expect(told.ends).toHaveLength(2);
  expect(told.stages.map(({ name }) => name)).toEqual(['queue', 'decode', 'inference', 'total']);
});
