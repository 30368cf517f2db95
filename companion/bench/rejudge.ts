import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Pack, packIdentity } from '@touchstone/models';
import { type CaptureSource, CompanionSettings, packLabel } from '@touchstone/shared';
import pino from 'pino';
import sharp from 'sharp';
import * as v from 'valibot';
import { ownHeadOf, writeHead } from '../../models/src/pack/fixtures/own-head.ts';
import { openHistory } from '../src/log/create-result-log.ts';
import { createPipeline } from '../src/pipeline/create-pipeline.ts';
import { type Measurement, timing } from './statistics.ts';

const SHIPPED = fileURLToPath(new URL('../../models/packs', import.meta.url));
const SOURCE: CaptureSource = { kind: 'image', path: 'original-bytes', private: false };

/** Another head has to be so much faster on what its encoder has seen than the first look at it. */
const WANTED = 20;

/** Noise over a colour that no other has: every picture is new. */
const madePicture = (index: number): Promise<Buffer> =>
  sharp({
    create: {
      width: 960,
      height: 720,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 70 + (index % 120), sigma: 12 + (index % 30) },
    },
  })
    .jpeg({ quality: 85 })
    .toBuffer();

/**
 * Pictures that nobody has seen, each judged by a pack, then all of them by another head on its encoder, whose features were kept.
 * One after the other, over the whole way from the bytes to the record in the history.
 */
export async function rejudging(pack: Pack, count: number): Promise<Measurement[]> {
  const home = await mkdtemp(join(tmpdir(), 'touchstone-rejudging-'));
  const packs = join(home, 'packs');
  const own = ownHeadOf(pack);
  await writeHead(packs, pack, { weights: own.weights.map((weight) => weight / 2), bias: own.bias }, { name: 'other' });
  const history = openHistory(join(home, 'history.sqlite'));
  const settings = v.parse(CompanionSettings, {});
  const pipeline = await createPipeline({
    log: history.history,
    embeddings: history.embeddings,
    settings: () => settings,
    logger: pino({ level: 'silent' }),
    packFolders: [SHIPPED, packs],
  });
  try {
    const pictures: Buffer[] = [];
    for (let index = 0; index < count; index++) pictures.push(await madePicture(index));
    const times = async (name: string): Promise<number[]> => {
      const taken: number[] = [];
      for (const bytes of pictures) {
        const start = performance.now();
        const record = await pipeline.check({ source: SOURCE, lane: 'asked', bytes, pack: name });
        taken.push(performance.now() - start);
        if (packLabel(record.pack) !== name) throw new Error(`judged by ${packLabel(record.pack)}`);
      }
      return taken;
    };
    const label = packLabel(packIdentity(pack));
    await pipeline.check({
      source: { ...SOURCE, private: true },
      lane: 'asked',
      bytes: await madePicture(-1),
      pack: label,
    });
    const first = await times(label);
    const again = await times('other@1');
    const limit = again.map(() => first.reduce((sum, ms) => sum + ms, 0) / first.length / WANTED);
    const sum = (all: readonly number[]): number => all.reduce((total, ms) => total + ms, 0);
    process.stderr.write(
      `${count} pictures: first ${(sum(first) / 1000).toFixed(1)} s, by another head ${(sum(again) / 1000).toFixed(2)} s, ` +
        `${(sum(first) / sum(again)).toFixed(1)} times faster\n`,
    );
    return [
      timing('first look at a picture', first),
      timing(`another head on kept features, against a ${WANTED}th of the first look`, again, limit),
    ];
  } finally {
    await pipeline.close();
    history.log.close();
    await rm(home, { recursive: true });
  }
}
