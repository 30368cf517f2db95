/**
 * Compares rules that turn the scores of frames into a verdict on a video.
 *
 * usage: pnpm models:evaluate-video --data DIR --work DIR [--pack NAME]... [--out FILE.json]
 *
 * DIR of --data holds `index.csv` with role `video`. Clips are decoded by the ffmpeg in the path; made clips and the
 * scores of frames stay in --work, so that a second run only counts.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CompanionSettings } from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import { createPipeline } from '../../src/pipeline/create-pipeline.ts';
import { readClips } from './clips.ts';
import { judgeClips } from './judge-clips.ts';
import { makeClips } from './make-clips.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    work: { type: 'string' },
    pack: { type: 'string', multiple: true, default: ['quick', 'thorough'] },
    out: { type: 'string' },
  },
});
if (!values.data || !values.work) {
  console.error('Give the folder of the clips and one for intermediate results: --data DIR --work DIR');
  process.exit(2);
}
const pipeline = await createPipeline({
  settings: () => v.parse(CompanionSettings, {}),
  logger: pino({ level: 'warn' }, pino.destination(2)),
  packFolders: [fileURLToPath(new URL('../../../models/packs', import.meta.url))],
  provider: 'cpu',
});
const collected = await readClips(values.data);
const scores = join(values.work, 'scores');
const made = await makeClips(collected, join(values.work, 'clips'));
for (const pack of values.pack) {
  const clips = await judgeClips([...collected, ...made], pack, pipeline, scores);
  if (values.out) await writeFile(values.out, JSON.stringify(clips.length));
}
await pipeline.close();
