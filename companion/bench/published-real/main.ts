/**
 * Writes what a shipped pack's graph sees in real photographs into the pack, so that a head taught on it can be held to them
 * (models/packs/FORMAT.md, "Published real pictures").
 *
 * usage: npm run models:publish-real -- PACK DIR [--conditions clean,web] [--cache FILE]
 *
 * DIR holds real photographs of which the pack was taught none, or as few as can be; the pictures themselves are not kept. To be run anew for every
 * graph: features and logits of another one say nothing, and a pack that names another is refused.
 */
import '@touchstone/models/telemetry-off';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { encodePublished, type Published, type PublishedLooks } from '@touchstone/models';
import { CONDITIONS } from '../../../models/evaluation/conditions.ts';
import { findFiles } from '../../src/cli/check/find-files.ts';
import { lookAtPictures, type Seen } from '../looks/look-at-pictures.ts';
import { openLooker } from '../looks/open-looker.ts';

const FILE = 'published-real.bin';

const { values, positionals } = parseArgs({
  options: { conditions: { type: 'string', default: 'clean,web' }, cache: { type: 'string' } },
  allowPositionals: true,
});
const [name, folder] = positionals;
if (name === undefined || folder === undefined) throw new Error('Give the name of a pack and a folder of photographs.');
const cache = values.cache ?? join(folder, 'looks.jsonl');
const conditions = CONDITIONS.filter((one) => values.conditions.split(',').includes(one));

async function picturesIn(path: string): Promise<string[]> {
  const files: string[] = [];
  for await (const found of findFiles([path], new AbortController().signal)) if (!found.video) files.push(found.name);
  return files.sort();
}

function looksOf(seen: readonly Seen[], columns: number): PublishedLooks {
  const values = new Float32Array(seen.length * columns);
  for (const [row, { vector }] of seen.entries()) values.set(vector, row * columns);
  return { design: { values, rows: seen.length, columns }, baseLogits: Float64Array.from(seen, ({ logit }) => logit) };
}

const { looker, pack, close } = await openLooker(name);
try {
  const columns = pack.manifest.output.embedding?.size ?? 0;
  let files = await picturesIn(folder);
  // A picture that cannot be read under one condition is left out under all.
  const seen: Seen[][] = [];
  for (const condition of conditions) {
    const found = await lookAtPictures({ looker, pack, files, condition, cache });
    seen.push(found);
    files = found.map(({ file }) => file);
  }
  const kept = new Set(files);
  const looks = seen.map((found) =>
    looksOf(
      found.filter(({ file }) => kept.has(file)),
      columns,
    ),
  );
  const bytes = encodePublished(looks);
  const published: Published = {
    file: FILE,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.byteLength,
    graph: pack.manifest.model.sha256,
    pictures: files.length,
    conditions: [...conditions],
    meaning:
      'real photographs as features and logits; a head taught on this graph accuses no more of them than it does',
  };
  const manifest = join(pack.folder, 'pack.json');
  await writeFile(join(pack.folder, FILE), bytes);
  const described = JSON.parse(await readFile(manifest, 'utf8')) as Record<string, unknown>;
  await writeFile(manifest, `${JSON.stringify({ ...described, published }, null, 2)}\n`);
  process.stdout.write(`${files.length} photographs, ${conditions.join(' and ')}: ${bytes.byteLength} bytes\n`);
} finally {
  await close();
}
