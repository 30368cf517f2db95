import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import * as v from 'valibot';
import { createProvenanceReader, type ProvenanceFindings } from '../../src/evidence/provenance/provenance-reader.ts';
import { testDecoder } from '../../src/picture-decoder/fixtures/test-decoder.ts';
import { type OtherReading, otherReader } from './other-reader.ts';

/**
 * usage: reference-table.ts FOLDER EXPECTED
 *
 * Compares the reader with the reference results that `reference.py` wrote, over every file of FOLDER, and prints a
 * Markdown table. Exits with 1 when any file differs.
 */
const Expected = v.record(
  v.string(),
  v.object({
    state: v.optional(v.string()),
    codes: v.optional(v.array(v.string())),
    error: v.optional(v.string()),
    published: v.optional(v.array(v.string())),
  }),
);
type Expectation = v.InferOutput<typeof Expected>[string];

/** Audio, documents and drawings: Touchstone checks none of them. */
const OTHER_KINDS = /\.(wav|pdf|svg|mp3)$/i;
/** A busy machine must not turn a slow answer into a difference. */
const PATIENCE_MS = 60_000;

const [folder, expectedFile] = process.argv.slice(2);
if (!folder || !expectedFile) throw new Error('usage: reference-table.ts FOLDER EXPECTED');
const expected = v.parse(Expected, JSON.parse(readFileSync(expectedFile, 'utf8')));
const reader = createProvenanceReader({
  logger: pino({ level: 'silent' }),
  decoder: testDecoder,
  timeLimitMs: PATIENCE_MS,
});

const words = (state: string | undefined, codes: readonly string[]): string =>
  [state, ...codes.map((code) => `\`${code}\``)].filter(Boolean).join(' ');

function wordsOfOurs(found: ProvenanceFindings | undefined): string {
  if (!found) return 'none';
  if (found.provenance.remoteManifest) return 'remote';
  return found.raw ? words(found.raw.state, found.raw.codes.toSorted()) : 'refused';
}

function wordsOfReference({ state, codes = [], error }: Expectation): string {
  if (error === 'ManifestNotFound') return 'none';
  if (error === 'Remote') return 'remote';
  return error ? 'refused' : words(state, codes);
}

/** A file that the reference refuses for its container's form is for us one where nothing is to be found. */
function agrees(ours: string, reference: string): boolean {
  return ours === reference || (reference === 'refused' && ours === 'none');
}

const opinionWords = (opinion: OtherReading | undefined): string =>
  opinion ? words(opinion.state, opinion.codes) : '–';

const rows: string[] = [];
const counts = { same: 0, none: 0, otherKind: 0, different: 0 };
for (const source of readdirSync(folder)) {
  for (const name of readdirSync(join(folder, source))) {
    const key = `${source}/${name}`;
    const expectation = expected[key];
    if (!expectation) throw new Error(`no reference result for ${key}`);
    const reference = wordsOfReference(expectation);
    if (OTHER_KINDS.test(name)) {
      counts.otherKind++;
      continue;
    }
    const bytes = readFileSync(join(folder, source, name));
    const found = await reader.read(bytes);
    const ours = wordsOfOurs(found);
    const same = agrees(ours, reference);
    counts[same ? 'same' : 'different']++;
    if (ours === 'none' && reference === 'none') {
      counts.none++;
      continue;
    }
    const published = expectation.published ? words(undefined, expectation.published) || 'no failure' : '–';
    const { state, origin } = found?.provenance ?? {};
    const shown = state ? `${found?.provenance.remoteManifest ? 'remote' : state}${origin ? `, ${origin}` : ''}` : '–';
    const file = name.split('__').at(-1) ?? name;
    rows.push(
      `| ${source} | ${file} | ${published} | ${reference} | ${same ? 'same' : ours} | ${shown} | ${opinionWords(await otherReader(bytes))} |`,
    );
  }
}
await reader.close();
console.log(
  '| source | file | published report | reference (c2pa-rs 0.91.3, native) | ours | Touchstone says | c2pa-ts |',
);
console.log('|---|---|---|---|---|---|---|');
console.log(rows.join('\n'));
console.log(
  `\n${counts.same} of ${counts.same + counts.different} pictures and videos agree with the reference, ${counts.none} of them without Content Credentials; ${counts.otherKind} files of other kinds are not read.`,
);
process.exitCode = counts.different > 0 ? 1 : 0;
