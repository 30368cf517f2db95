import { fileURLToPath } from 'node:url';
import { logitOf } from '@touchstone/models';
import { CompanionSettings } from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPipeline } from './create-pipeline.ts';
import { testPicture } from './fixtures/test-pictures.ts';
import { memoryLog } from './memory-log.ts';
import type { Pipeline } from './pipeline.ts';

const memory = memoryLog();
let pipeline: Pipeline;

beforeAll(async () => {
  pipeline = await createPipeline({
    log: memory.log,
    settings: () => v.parse(CompanionSettings, {}),
    logger: pino({ level: 'silent' }),
    packFolders: [fileURLToPath(new URL('../../../models/packs', import.meta.url))],
    provider: 'cpu',
  });
});
afterAll(() => pipeline.close());

describe('judgeFrame', () => {
  it('judges a JPEG as `check` does with the same pack, and writes nothing', async () => {
    const bytes = await testPicture().jpeg({ quality: 85 }).toBuffer();
    const frame = await pipeline.judgeFrame(bytes, { lane: 'live' });
    const written = memory.log.count();
    const source = { kind: 'image', path: 'file', private: true } as const;
    const record = await pipeline.check({ source, lane: 'live', bytes, pack: frame.pack.manifest.name });
    expect(frame.probability).toBeCloseTo(record.verdict.probability, 5);
    expect(frame.logit).toBeCloseTo(logitOf(frame.probability), 9);
    expect(frame.jpegQuality).toBe(85);
    expect(frame.signature.hash).toBe(record.picture.perceptualHash);
    expect(frame).toMatchObject({ width: 640, height: 480 });
    expect(written).toBe(0);
  });

  it('judges raw pixels as the same picture without loss', async () => {
    const picture = testPicture(320, 256, 3);
    const [png, data] = await Promise.all([picture.clone().png().toBuffer(), picture.clone().raw().toBuffer()]);
    const [encoded, raw] = await Promise.all([
      pipeline.judgeFrame(png, { lane: 'live' }),
      pipeline.judgeFrame({ data, width: 320, height: 256 }, { lane: 'asked' }),
    ]);
    expect(raw.probability).toBeCloseTo(encoded.probability, 5);
    expect([...raw.signature.grey]).toEqual([...encoded.signature.grey]);
    expect(raw.jpegQuality).toBeUndefined();
    expect(raw.pixels.data.length).toBe(320 * 256 * 3);
    raw.release();
    expect(raw.pixels.data.length).toBe(0);
  });

  it('asks the thorough pack when told', async () => {
    const data = await testPicture(300, 300, 2).raw().toBuffer();
    const frame = await pipeline.judgeFrame({ data, width: 300, height: 300 }, { lane: 'asked', tier: 'thorough' });
    expect(frame.pack.manifest.tier).toBe('thorough');
  });

  it('finds a black frame flat', async () => {
    const black = { data: new Uint8Array(320 * 240 * 3), width: 320, height: 240 };
    expect((await pipeline.judgeFrame(black, { lane: 'live' })).flatness).toBe(1);
  });

  it('refuses what is no picture, unknown packs and cancelled frames', async () => {
    const frame = await testPicture(64, 64).png().toBuffer();
    const cancelled = AbortSignal.abort();
    const text = new TextEncoder().encode('not a picture');
    await expect(pipeline.judgeFrame(text, { lane: 'live' })).rejects.toMatchObject({ code: 'unsupported-format' });
    await expect(pipeline.judgeFrame(frame, { lane: 'live', pack: 'none' })).rejects.toMatchObject({
      code: 'pack-unknown',
    });
    await expect(pipeline.judgeFrame(frame, { lane: 'live', signal: cancelled })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
