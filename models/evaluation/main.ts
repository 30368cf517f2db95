/**
 * Measures packs on held-out pictures through the product itself.
 *
 * usage: pnpm models:evaluate --data DIR [--pack NAME]... [--role dev] [--source NAME]... [--conditions clean,web,hard] [--sample N] [--out FILE]
 *
 * DIR holds `index.csv` (and `index-extra.csv`) with path, role, label and source, as models/training/collect.py writes
 * them. Every picture is put under each condition with sharp and judged by `touchstone check --json`; tables go to
 * standard output, every single answer to FILE as CSV. `--pack together` judges as a person asks, by all packs in one go: their own
 * words and the one of both together are counted.
 */
import '../src/runtime/telemetry-off.ts';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { areaUnderRoc, balancedAccuracy, calibrationError, type Judged, shareAbove } from '../src/learning/metrics.ts';
import { CONDITIONS, type Condition, underCondition } from './conditions.ts';
import { judgeFiles } from './judge-files.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    pack: { type: 'string', multiple: true, default: ['quick', 'thorough'] },
    role: { type: 'string', default: 'dev' },
    source: { type: 'string', multiple: true, default: [] },
    conditions: { type: 'string', default: 'clean,web,hard' },
    sample: { type: 'string' },
    out: { type: 'string' },
  },
});
if (!values.data || !existsSync(join(values.data, 'index.csv'))) {
  console.error('Give the folder of the pictures: pnpm models:evaluate --data DIR (see models/training/README.md).');
  process.exit(2);
}
const data = values.data;

interface Picture {
  readonly path: string;
  readonly label: string;
  readonly source: string;
}

async function readIndex(): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const name of ['index.csv', 'index-extra.csv']) {
    const text = await readFile(join(data, name), 'utf8').catch(() => '');
    const [header = '', ...lines] = text.split('\n');
    const columns = header.split(',');
    for (const line of lines) {
      // Only the first columns are read; they hold no commas.
      const cells = line.split(',');
      const cell = (column: string): string => cells[columns.indexOf(column)] ?? '';
      const picture = { path: cell('path'), label: cell('label'), source: cell('path').split('/').at(-2) ?? '' };
      if (cell('role') !== values.role) continue;
      if (values.source.length === 0 || values.source.includes(picture.source)) pictures.push(picture);
    }
  }
  const sample = Number(values.sample ?? Number.POSITIVE_INFINITY);
  // A sample that is the same on every machine: by the hash of the path.
  const order = (path: string): string => createHash('sha256').update(path).digest('hex');
  return pictures.toSorted((a, b) => (order(a.path) < order(b.path) ? -1 : 1)).slice(0, sample);
}

type Row = Judged & { readonly label: string; readonly verdict: string };

async function measure(
  pictures: readonly Picture[],
  pack: string,
  condition: Condition,
  note: (row: readonly (string | number)[]) => void,
): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'touchstone-condition-'));
  try {
    const byFile = new Map<string, Picture>();
    for (const [index, picture] of pictures.entries()) {
      const original = join(data, picture.path);
      const changed = await underCondition(await readFile(original), condition).catch(() => undefined);
      if (!changed && condition !== 'clean') continue;
      const file = changed ? join(work, `${index}${changed.ending}`) : original;
      if (changed) await writeFile(file, changed.bytes);
      byFile.set(file, picture);
    }
    const judged = new Map<string, Row[]>();
    let failed = 0;
    await judgeFiles([...byFile.keys()], pack, ({ file, probabilities, verdict = 'error' }) => {
      const picture = byFile.get(file);
      if (!picture) return;
      const { path, label, source } = picture;
      if (!probabilities.has(pack)) {
        failed += 1;
        note([pack, condition, path, label, source, '', verdict]);
      }
      for (const [name, probability] of probabilities) {
        const rows = judged.get(name) ?? [];
        judged.set(name, [...rows, { fake: label === 'ai', probability, label, verdict }]);
        note([name, condition, path, label, source, probability, verdict]);
      }
    });
    // The verdict is that of all who were asked; a pack's own word is its probability.
    for (const [name, rows] of judged) report(name, condition, rows, { failed, verdicts: name === pack });
    if (judged.size === 0) console.log(`${pack}, ${condition}: none of ${failed} could be judged`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** @param counted how many could not be judged, and whether the verdicts are those of this pack */
function report(
  pack: string,
  condition: Condition,
  judged: readonly Row[],
  { failed, verdicts }: { readonly failed: number; readonly verdicts: boolean },
): void {
  const share = (label: string, verdict: string): string => {
    const rows = judged.filter((row) => row.label === label);
    const hits = rows.filter((row) => row.verdict === verdict).length;
    return rows.length === 0 ? 'none' : `${((100 * hits) / rows.length).toFixed(1)} % of ${rows.length}`;
  };
  console.log(
    [
      `${pack}, ${condition}: AUC ${areaUnderRoc(judged).toFixed(3)}, balanced accuracy at 0.5 ${balancedAccuracy(judged).toFixed(3)}` +
        ` (real right ${(1 - shareAbove(judged, false, 0.5)).toFixed(3)}), calibration error ${calibrationError(judged).toFixed(3)}`,
      ...(verdicts
        ? [
            `  verdict "Likely AI": AI ${share('ai', 'fake')}, photographs ${share('real', 'fake')}, art ${share('real_art', 'fake')}, screens ${share('real_screens', 'fake')}`,
            `  verdict "Likely authentic": AI ${share('ai', 'real')}, photographs ${share('real', 'real')}`,
          ]
        : []),
      `  not judged: ${failed}`,
    ].join('\n'),
  );
}

const pictures = await readIndex();
const conditions = values.conditions
  .split(',')
  .filter((name): name is Condition => CONDITIONS.some((one) => one === name));
console.log(
  `${pictures.length} pictures of role ${values.role}, ${new Set(pictures.map(({ source }) => source)).size} sources`,
);
/** Written row by row: hours of work outlive a break. */
const out = values.out;
if (out) {
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, 'pack,condition,path,label,source,probability,verdict\n');
}
const note = (row: readonly (string | number)[]): void => {
  if (out) appendFileSync(out, `${row.join(',')}\n`);
};
for (const pack of values.pack) for (const condition of conditions) await measure(pictures, pack, condition, note);
