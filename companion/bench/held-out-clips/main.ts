/**
 * Judges public clips that no pack was taught on and no rule of pooling was chosen by, through the product's own pipeline.
 *
 * usage: npm run models:evaluate-clips -- --mirrors DIR --work DIR [--list FILE.csv] [--seconds 8] [--count] [--out FILE.json]
 *
 * DIR of --mirrors holds bare mirrors of the list's repositories as OWNER+NAME/repo; clips whose mirror is not there are left out. Results stay in
 * --work, a file a clip, so that a run that was broken off goes on; --count judges nothing and counts what is there.
 */
import '@touchstone/models/telemetry-off';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CompanionSettings } from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import { createPipeline } from '../../src/pipeline/create-pipeline.ts';
import { clipName, extractClip, readClipList } from './clip-list.ts';
import { clipTable, type HeldResult } from './clip-table.ts';
import { judgeClip } from './judge-clip.ts';

const LIST = fileURLToPath(new URL('../../../models/evaluation/video-clips.csv', import.meta.url));
const PACKS = fileURLToPath(new URL('../../../models/packs', import.meta.url));

const { values } = parseArgs({
  options: {
    mirrors: { type: 'string' },
    work: { type: 'string' },
    list: { type: 'string', default: LIST },
    seconds: { type: 'string', default: '8' },
    count: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
const { mirrors, work } = values;
if (!work || (!mirrors && !values.count)) {
  console.error('Give the folder of the mirrors and one for results: --mirrors DIR --work DIR');
  process.exit(2);
}

/** Sources take turns, so that a run that is broken off has seen a little of each. */
function inTurns<T extends { readonly source: string; readonly kind: string }>(clips: readonly T[]): T[] {
  const turns = new Map<string, number>();
  const placed = clips.map((clip) => {
    const key = `${clip.kind} ${clip.source}`;
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    return { clip, turn };
  });
  return placed.toSorted((a, b) => a.turn - b.turn).map(({ clip }) => clip);
}

const pipeline = values.count
  ? undefined
  : await createPipeline({
      settings: () => v.parse(CompanionSettings, {}),
      logger: pino({ level: 'warn' }, pino.destination(2)),
      packFolders: [PACKS],
      provider: 'cpu',
    });
await mkdir(work, { recursive: true });
const results: HeldResult[] = [];
for (const clip of inTurns(await readClipList(values.list))) {
  const file = join(work, `${clipName(clip)}.json`);
  if (!existsSync(file)) {
    const path = mirrors && pipeline ? await extractClip(clip, mirrors, join(work, 'clips')) : undefined;
    if (!path || !pipeline) continue;
    try {
      await writeFile(file, JSON.stringify(await judgeClip(pipeline, clip, path, Number(values.seconds))));
      process.stderr.write(`${clip.kind} ${clip.source} ${clip.path}\n`);
    } catch (error) {
      process.stderr.write(`${clip.source} ${clip.path}: ${String(error)}\n`);
      continue;
    }
  }
  results.push({ clip, judged: JSON.parse(await readFile(file, 'utf8')) });
}
await pipeline?.close();
process.stdout.write(
  `${clipTable(results, 'kind')}\n\n${clipTable(results, 'scene')}\n\n${clipTable(results, 'source')}\n`,
);
if (values.out) {
  const rows = results.map((result) => JSON.stringify(summaryOf(result)));
  await writeFile(values.out, `[\n${rows.join(',\n')}\n]\n`);
}

function summaryOf({ clip, judged }: HeldResult) {
  const { verdict, logit, highestShot, blending } = judged;
  const told = { value: verdict.value, leaning: verdict.leaning, probability: verdict.probability };
  return { clip: clipName(clip), kind: clip.kind, ...told, logit, highestShot, blending };
}
