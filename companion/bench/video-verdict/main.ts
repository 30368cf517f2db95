/**
 * Compares rules that turn the scores of frames into a verdict on a video.
 *
 * usage: pnpm models:evaluate-video --data DIR --work DIR [--pack NAME]... [--seconds N] [--collected] [--count] [--out FILE.json]
 *
 * DIR of --data holds `index.csv` with role `video`. Clips are decoded by the ffmpeg in the path; made clips and the
 * scores of frames stay in --work, so that a second run only counts. Of each collected clip the first N seconds are judged (8).
 * --collected leaves the made clips out; --count judges nothing and counts what is there.
 */
import '@touchstone/models/telemetry-off';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findPack, listPacks } from '@touchstone/models';
import { CompanionSettings } from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import { createPipeline } from '../../src/pipeline/create-pipeline.ts';
import { readClips } from './clips.ts';
import { judgeClips, RATE, type ScoredClip } from './judge-clips.ts';
import { makeClips } from './make-clips.ts';
import { measureCuts, measureProduct, measureRules, type Thresholds } from './measure.ts';
import { cutTable, productTable, ruleTable } from './report.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    work: { type: 'string' },
    pack: { type: 'string', multiple: true, default: ['quick', 'thorough'] },
    seconds: { type: 'string', default: '8' },
    collected: { type: 'boolean', default: false },
    count: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
if (!values.data || !values.work) {
  console.error('Give the folder of the clips and one for intermediate results: --data DIR --work DIR');
  process.exit(2);
}
const folders = [fileURLToPath(new URL('../../../models/packs', import.meta.url))];
const { packs } = await listPacks(folders);
const pipeline = values.count
  ? undefined
  : await createPipeline({
      settings: () => v.parse(CompanionSettings, {}),
      logger: pino({ level: 'warn' }, pino.destination(2)),
      packFolders: folders,
      provider: 'cpu',
    });
const collected = await readClips(values.data);
const made = values.collected ? [] : await makeClips(collected, join(values.work, 'clips'));
const scores = join(values.work, 'scores');
const results: Record<string, unknown> = {};
const judged: { name: string; thresholds: Thresholds; clips: ScoredClip[] }[] = [];
for (const name of values.pack) {
  const pack = findPack(packs, name)?.manifest;
  if (!pack) throw new Error(`no pack ${name}`);
  const { version, thresholds } = pack;
  const clips = await judgeClips([...collected, ...made], pack, pipeline, scores, Number(values.seconds));
  const rules = measureRules(clips, thresholds);
  const product = await measureProduct(clips, thresholds);
  judged.push({ name, thresholds, clips });
  const cuts = measureCuts(clips, RATE, [0.5, 1, 2]);
  results[`${name}@${version}`] = { rules, product, cuts };
  const words = [`## ${name} ${version}`, ruleTable(rules), productTable(product), cutTable(cuts)];
  process.stdout.write(`${words.join('\n\n')}\n\n`);
}
await pipeline?.close();
const [first, second] = ['quick', 'thorough'].map((name) => judged.find((one) => one.name === name));
if (first && second) {
  const both = await measureProduct(first.clips, first.thresholds, second);
  results['quick, with second opinions of thorough'] = { product: both };
  process.stdout.write(`## The product: quick, with second opinions of thorough\n\n${productTable(both)}\n\n`);
}
if (values.out) await writeFile(values.out, `${JSON.stringify(results, null, 2)}\n`);
