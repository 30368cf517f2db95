/**
 * Measures what a pack of one's own gains and loses: labels of a family of pictures that the shipped pack handles badly are taught, and both
 * packs judge the rest of that family and everything else.
 *
 * usage: npm run models:evaluate-teach -- DIR [--pack thorough] [--labels 100] [--seeds 5] [--cache FILE] [--json]
 *
 * DIR holds `family` and `others`, in each folders `ai` and `real`; folders in those are sources, which are never parted. What the graph saw is
 * kept in FILE (DIR/looks.jsonl), so that a run that ended goes on. Every draw of the labels is another seed; the tables tell the mean.
 */
import '@touchstone/models/telemetry-off';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Pack, readPublished } from '@touchstone/models';
import { packLabel } from '@touchstone/shared';
import { gatherFolder } from '../../src/training/gather-folder.ts';
import { lookAtPictures } from '../looks/look-at-pictures.ts';
import { type OpenLooker, openLooker } from '../looks/open-looker.ts';
import { type Gain, gainOf, type Known } from './gain.ts';
import { gainTables } from './gain-tables.ts';

const { values, positionals } = parseArgs({
  options: {
    pack: { type: 'string', default: 'thorough' },
    labels: { type: 'string', default: '100' },
    seeds: { type: 'string', default: '5' },
    cache: { type: 'string' },
    json: { type: 'boolean' },
  },
  allowPositionals: true,
});
const [folder] = positionals;
if (folder === undefined) throw new Error('Give a folder with family/ai, family/real, others/ai and others/real.');
const cache = values.cache ?? join(folder, 'looks.jsonl');

/** What is taught, and how it begins. */
const WAYS = [
  { model: 'logistic', start: 'base' },
  { model: 'logistic', start: 'scratch' },
  { model: 'neighbours', start: 'base' },
  { model: 'perceptron', start: 'base' },
] as const;

async function known({ looker, pack }: OpenLooker, part: string): Promise<Known[]> {
  const items = await gatherFolder(part);
  const byFile = new Map(
    items.flatMap((item) => (item.place.kind === 'path' ? [[item.place.path, item] as const] : [])),
  );
  const seen = await lookAtPictures({ looker, pack, files: [...byFile.keys()], condition: 'clean', cache });
  return seen.flatMap((one) => {
    const item = byFile.get(one.file);
    return item ? { ...one, truth: item.truth, source: item.ties[0] ?? item.name } : [];
  });
}

async function measured(pack: Pack, family: readonly Known[], others: readonly Known[]) {
  const published = await readPublished(pack);
  const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
  return WAYS.map((way) => ({
    ...way,
    gains: seeds.map((seed): Gain => {
      const settings = { ...way, c: null, neighbours: null, hidden: null };
      return gainOf({ pack, family, others, labels: Number(values.labels), settings, seed, published });
    }),
  }));
}

const open = await openLooker(values.pack);
try {
  const [family, others] = [await known(open, join(folder, 'family')), await known(open, join(folder, 'others'))];
  const found = await measured(open.pack, family, others);
  const pack = packLabel(open.pack.manifest);
  process.stdout.write(values.json ? `${JSON.stringify({ pack, found }, null, 1)}\n` : gainTables(pack, found));
} finally {
  await open.close();
}
