/**
 * Counts how often a person who asks about a picture is told something else than its badge said.
 *
 * usage: pnpm models:evaluate-badges [PATH]... [--conditions clean,web] [--sample N] [--json]
 *
 * PATHs are pictures, and folders of them; without one the sample photographs are taken. Each picture is judged under each
 * condition (models/evaluation/conditions.ts) three times: as what scrolls by, which waits for the thorough pack near a
 * threshold; by the quick pack alone, as badges would be without that rule; and as a person asks.
 */
import '@touchstone/models/telemetry-off';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type CaptureSource, CompanionSettings, type Lane, packInWords, type ResultRecord } from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import { CONDITIONS, underCondition } from '../../../models/evaluation/conditions.ts';
import { findFiles } from '../../src/cli/check/find-files.ts';
import { createPipeline } from '../../src/pipeline/create-pipeline.ts';
import { type BadgeAndAnswer, countFlips, type FlipCounts } from './count-flips.ts';

const SAMPLES = fileURLToPath(new URL('../../assets/samples', import.meta.url));
const PACKS = fileURLToPath(new URL('../../../models/packs', import.meta.url));
const SOURCE: CaptureSource = { kind: 'image', path: 'original-bytes', private: true };

const { values, positionals } = parseArgs({
  options: {
    conditions: { type: 'string', default: 'clean,web' },
    sample: { type: 'string', default: '1000000' },
    json: { type: 'boolean' },
  },
  allowPositionals: true,
});
const conditions = CONDITIONS.filter((name) => values.conditions.split(',').includes(name));

async function picturesIn(paths: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, video } of findFiles(paths, new AbortController().signal)) if (!video) names.push(name);
  // A sample that is the same on every machine: by the hash of the name.
  const order = (name: string): string => createHash('sha256').update(name).digest('hex');
  return names.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)).slice(0, Number(values.sample));
}

const pipeline = await createPipeline({
  settings: () => v.parse(CompanionSettings, {}),
  logger: pino({ level: 'warn' }, pino.destination(2)),
  packFolders: [PACKS],
  provider: 'cpu',
});
const { quick, thorough } = pipeline.status().inUse;
if (quick === null || thorough === null) {
  process.stderr.write('Both a quick and a thorough pack are needed: touchstone models install quick thorough\n');
  process.exit(2);
}

const byRule: BadgeAndAnswer[] = [];
const byQuickAlone: BadgeAndAnswer[] = [];
let waited = 0;
let packs = '';
let failed = 0;
for (const name of await picturesIn(positionals.length > 0 ? positionals : [SAMPLES])) {
  const original = await readFile(name);
  for (const condition of conditions) {
    try {
      const bytes = (await underCondition(original, condition))?.bytes ?? original;
      const judge = (lane: Lane): Promise<ResultRecord> => pipeline.check({ source: SOURCE, lane, bytes });
      const [badge, alone, answer] = [await judge('bulk'), await judge('live'), await judge('asked')];
      byRule.push({ badge: badge.verdict, answer: answer.verdict });
      byQuickAlone.push({ badge: alone.verdict, answer: answer.verdict });
      if (badge.pack.name === answer.pack.name) waited += 1;
      packs ||= `badges ${packInWords(alone.pack)}, asked ${packInWords(answer.pack)}`;
    } catch (error) {
      failed += 1;
      process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}
await pipeline.close();

const found = { byRule: countFlips(byRule), byQuickAlone: countFlips(byQuickAlone), waited, failed };
if (values.json) process.stdout.write(`${JSON.stringify(found)}\n`);
else {
  const line = (name: string, { pictures, side, verdict, word, decided, takenBack }: FlipCounts): string =>
    `${name}: of ${pictures} pictures ${side} to the other side, ${verdict} verdicts given or taken back, ${word} other words; ` +
    `${takenBack} of ${decided} badges that decided were taken back\n`;
  process.stdout.write(
    `${packs}; ${conditions.join(', ')}; ${waited} waited for the thorough pack, ${failed} failed\n`,
  );
  process.stdout.write(line('by the quick pack alone', found.byQuickAlone));
  process.stdout.write(line('as badges are', found.byRule));
}
