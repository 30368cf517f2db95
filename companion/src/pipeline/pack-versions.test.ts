import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CaptureSource, CompanionSettings, type ResultRecord } from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPipeline } from './create-pipeline.ts';
import { writePack } from './fixtures/pack-versions.ts';
import { testPicture } from './fixtures/test-pictures.ts';
import { memoryLog } from './memory-log.ts';
import type { CheckRequest } from './pipeline.ts';

const source: CaptureSource = { kind: 'image', path: 'original-bytes', private: false };

/** What each version answers to every picture. */
const ANSWERS: Readonly<Record<string, number>> = { '1.0.0': 0.1, '1.9.0': 0.5, '1.10.0': 0.9 };

const install = (folder: string, version: string) =>
  writePack(folder, { name: 'quick', version, probability: ANSWERS[version] ?? 0.3 });

async function companion(...versions: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-versions-'));
  for (const version of versions) await install(folder, version);
  let settings = v.parse(CompanionSettings, {});
  const pipeline = await createPipeline({
    log: memoryLog().log,
    settings: () => settings,
    logger: pino({ level: 'silent' }),
    packFolders: [folder],
    provider: 'cpu',
  });
  onTestFinished(async () => {
    await pipeline.close();
    await rm(folder, { recursive: true });
  });
  let seed = 0;
  return {
    folder,
    pipeline,
    use: (quickPack: string | null) => {
      settings = { ...settings, quickPack };
    },
    /** Checks a picture that nobody has seen before. */
    async check(more: Partial<CheckRequest> = {}): Promise<ResultRecord> {
      seed += 1;
      return pipeline.check({
        source,
        lane: 'bulk',
        bytes: await testPicture(300, 300, seed).png().toBuffer(),
        ...more,
      });
    },
  };
}

/** Whether a record says what the version that it names says alone. */
function expectItsOwnAnswer({ pack, verdict, evidence }: ResultRecord): void {
  expect(pack.name).toBe('quick');
  expect(verdict.probability).toBeCloseTo(ANSWERS[pack.version] ?? Number.NaN, 2);
  expect(evidence.find(({ kind }) => kind === 'classifier')?.details).toMatchObject({ version: pack.version });
}

describe('several versions of one pack side by side', () => {
  it('are named with their version; a name alone is the version in use, and without a choice the newest', async () => {
    const { check, use, pipeline } = await companion('1.9.0', '1.10.0', '1.0.0');
    expect((await check()).pack.version).toBe('1.10.0');
    expect((await check({ pack: 'quick' })).pack.version).toBe('1.10.0');
    use('quick@1.0.0');
    for (const pack of [undefined, 'quick']) {
      const record = await check(pack === undefined ? {} : { pack });
      expect(record.pack.version).toBe('1.0.0');
      expectItsOwnAnswer(record);
    }
    const other = await check({ pack: 'quick@1.9.0' });
    expect(other.pack.version).toBe('1.9.0');
    expectItsOwnAnswer(other);
    await expect(check({ pack: 'quick@2.0.0' })).rejects.toMatchObject({ code: 'pack-unknown' });
    // A reader that knows names alone takes the first of a name.
    expect(pipeline.status().packs.map(({ version, usedFor }) => [version, usedFor])).toEqual([
      ['1.0.0', ['quick']],
      ['1.10.0', []],
      ['1.9.0', []],
    ]);
    expect(pipeline.status().inUse.quick).toBe('quick');
  });

  it('answer the same picture each for itself, and none for another', async () => {
    const { pipeline } = await companion('1.0.0', '1.10.0');
    const bytes = await testPicture(320, 300, 99).png().toBuffer();
    for (const version of ['1.0.0', '1.10.0', '1.0.0']) {
      const record = await pipeline.check({ source, lane: 'asked', bytes, pack: `quick@${version}` });
      expect(record.pack.version).toBe(version);
      expectItsOwnAnswer(record);
    }
  });

  it('are explained by the version that judged, or not at all', async () => {
    const { pipeline } = await companion('1.0.0', '1.10.0');
    const bytes = await testPicture(320, 300, 98).png().toBuffer();
    const record = await pipeline.check({ source, lane: 'asked', bytes, pack: 'quick@1.0.0' });
    expect(await pipeline.explain({ record, bytes })).toMatchObject({ pack: 'quick@1.0.0' });
    await pipeline.packs.remove('quick@1.0.0');
    await expect(pipeline.explain({ record, bytes })).rejects.toMatchObject({ code: 'pack-unknown' });
  });
});

describe('while it runs', () => {
  it('swapped under load: every record names the version that judged it, and says what that one says alone', async () => {
    const { check, use, folder, pipeline } = await companion('1.0.0', '1.9.0');
    let done = 0;
    const checks = Array.from({ length: 24 }, async () => {
      const record = await check();
      done += 1;
      return record;
    });
    const swaps = (async () => {
      for (const version of ['1.0.0', '1.9.0', '1.10.0', '1.0.0', '1.10.0']) {
        const until = done + 3;
        if (version === '1.10.0' && !existsSync(join(folder, 'quick@1.10.0'))) await install(folder, version);
        await pipeline.packs.refresh();
        use(`quick@${version}`);
        checks.push(check());
        while (done < until) await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    await swaps;
    const records = await Promise.all(checks);
    records.forEach(expectItsOwnAnswer);
    expect(new Set(records.map(({ pack }) => pack.version)).size).toBeGreaterThan(1);
  });

  it('an installed version is there at once, and what has begun ends on the one it began with', async () => {
    const { check, folder, pipeline } = await companion('1.0.0');
    let installed: Promise<void> | undefined;
    const record = await check({
      onProgress: (stage) => {
        if (stage !== 'queued') return;
        installed = install(folder, '1.10.0').then(() => pipeline.packs.refresh());
      },
    });
    await installed;
    expect(record.pack.version).toBe('1.0.0');
    expectItsOwnAnswer(record);
    const next = await check();
    expect(next.pack.version).toBe('1.10.0');
    expectItsOwnAnswer(next);
  });

  it('the frames of one video are judged by one version, whatever is chosen meanwhile', async () => {
    const { pipeline, use } = await companion('1.0.0', '1.10.0');
    use('quick@1.0.0');
    const video = new AbortController();
    const bytes = await testPicture(300, 300, 3).png().toBuffer();
    const frame = async (work: AbortSignal) => {
      const { pack, probability, release } = await pipeline.judgeFrame(bytes, { lane: 'live', work });
      release();
      return [pack.manifest.version, Math.round(probability * 10) / 10];
    };
    expect(await frame(video.signal)).toEqual(['1.0.0', 0.1]);
    use('quick@1.10.0');
    expect(await frame(video.signal)).toEqual(['1.0.0', 0.1]);
    expect(await frame(new AbortController().signal)).toEqual(['1.10.0', 0.9]);
    video.abort();
  });

  it('work that was written down is done by the version of then, and by the one in use where that is gone', async () => {
    const { check, use, pipeline } = await companion('1.0.0', '1.10.0');
    use('quick@1.0.0');
    const choices = pipeline.packs.pinned();
    expect(choices).toEqual({ quickPack: 'quick@1.0.0', thoroughPack: null });
    expect(pipeline.packs.labelOf('quick')).toBe('quick@1.0.0');
    use(null);
    expect((await check({ choices })).pack.version).toBe('1.0.0');
    await pipeline.packs.remove('quick@1.0.0');
    expect((await check({ choices })).pack.version).toBe('1.10.0');
  });
});

describe('a removal', () => {
  it('of a version in use is refused', async () => {
    const { check, pipeline, use, folder } = await companion('1.0.0', '1.10.0');
    await expect(pipeline.packs.remove('quick@1.10.0')).rejects.toMatchObject({ code: 'pack-in-use' });
    use('quick@1.0.0');
    await expect(pipeline.packs.remove('quick@1.0.0')).rejects.toMatchObject({ code: 'pack-in-use' });
    expect(existsSync(join(folder, 'quick@1.0.0'))).toBe(true);
    expect((await check()).pack.version).toBe('1.0.0');
  });

  it('waits for the work that began with the version, and nothing begins with it after', async () => {
    const { check, pipeline, folder } = await companion('1.0.0', '1.10.0');
    let removal: Promise<string> | undefined;
    const record = await check({
      pack: 'quick@1.0.0',
      onProgress: (stage) => {
        if (stage !== 'queued') return;
        removal = pipeline.packs.remove('quick@1.0.0');
      },
    });
    expect(record.pack.version).toBe('1.0.0');
    expectItsOwnAnswer(record);
    expect(await removal).toBe('quick@1.0.0');
    expect(existsSync(join(folder, 'quick@1.0.0'))).toBe(false);
    await expect(check({ pack: 'quick@1.0.0' })).rejects.toMatchObject({ code: 'pack-unknown' });
  });

  it('names the versions where a name has several, and knows no pack that is not there', async () => {
    const { pipeline } = await companion('1.0.0', '1.9.0', '1.10.0');
    await expect(pipeline.packs.remove('quick')).rejects.toMatchObject({
      code: 'pack-unknown',
      nextStep: 'Name the version: quick@1.0.0, quick@1.9.0, quick@1.10.0.',
    });
    await expect(pipeline.packs.remove('../outside')).rejects.toMatchObject({ code: 'pack-unknown' });
  });
});
