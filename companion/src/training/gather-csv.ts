import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type DatasetFaultKind, TouchstoneError, type Truth } from '@touchstone/shared';
import { unusableDataset } from '@touchstone/shared/words';
import { CsvError, parse } from 'csv-parse/sync';
import * as v from 'valibot';
import type { DatasetItem } from './dataset.ts';
import { refuseBeyondLimit } from './gather-folder.ts';

/** Ten thousand paths have 1 MB. */
export const MAX_CSV_BYTES = 16 * 1024 * 1024;

const TRUTHS: Readonly<Record<string, Truth>> = { ai: 'ai', fake: 'ai', '1': 'ai', real: 'real', '0': 'real' };

const Row = v.object({
  path: v.pipe(v.string(), v.trim(), v.minLength(1)),
  label: v.pipe(
    v.string(),
    v.trim(),
    v.toLowerCase(),
    v.check((word) => Object.hasOwn(TRUTHS, word), 'is none of ai, fake, 1, real, 0'),
  ),
  source: v.optional(v.string()),
  split: v.optional(v.picklist(['', 'train', 'test'])),
});

/** What is wrong with a line whose column is not what it has to be. */
const FAULTS: Readonly<Record<string, DatasetFaultKind>> = {
  path: 'csv-path',
  label: 'csv-label',
  split: 'csv-split',
};

/** A row as it stands in the file, with the number of its line; of several lines, that of the last. */
const NumberedRow = v.object({ info: v.object({ lines: v.number() }), record: v.unknown() });

/** A picture as a CSV file names it; `name` is its path as it stands there, `line` the number of its line. */
export interface NamedInCsv extends Omit<DatasetItem, 'place'> {
  readonly line: number;
}

/**
 * The pictures that a CSV file names: columns `path` (as seen from the file) and `label`, and, where there are such, `source` (what
 * stays together) and `split`.
 * @throws TouchstoneError `dataset-unusable` with the line that is wrong, `file-unreadable`
 */
export async function gatherCsv(file: string): Promise<DatasetItem[]> {
  return namedIn(await bytesOf(file)).map(({ line: _, ...item }) => ({
    ...item,
    place: { kind: 'path', path: resolve(dirname(file), item.name) },
  }));
}

/** The same, of the file's bytes: where the pictures lie is the caller's to know. @throws TouchstoneError `dataset-unusable` */
export function namedIn(bytes: Buffer): NamedInCsv[] {
  const items: NamedInCsv[] = [];
  for (const { info, record } of rowsOf(bytes)) {
    const line = info.lines;
    const parsed = v.safeParse(Row, record);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      throw unusableDataset(FAULTS[v.getDotPath(issue) ?? ''] ?? 'csv-form', { line });
    }
    const { path, label, source, split } = parsed.output;
    items.push({
      truth: TRUTHS[label] ?? 'real',
      name: path,
      line,
      ties: source ? [`source ${source}`] : [],
      ...(split && { part: split }),
    });
    refuseBeyondLimit(items.length);
  }
  return items;
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    if ((await stat(file)).size > MAX_CSV_BYTES) throw tooLong();
    return await readFile(file);
  } catch (cause) {
    if (cause instanceof TouchstoneError) throw cause;
    throw new TouchstoneError('file-unreadable', String(cause), { cause });
  }
}

export const tooLong = (): TouchstoneError => unusableDataset('csv-size');

function rowsOf(bytes: Buffer): v.InferOutput<typeof NumberedRow>[] {
  try {
    const columns = (header: string[]): string[] => header.map((name) => name.trim().toLowerCase());
    const rows = v.parse(
      v.array(NumberedRow),
      parse(bytes, { bom: true, columns, skip_empty_lines: true, info: true }),
    );
    const [first] = rows;
    if (first && !v.is(v.looseObject({ path: v.string(), label: v.string() }), first.record)) {
      throw unusableDataset('csv-columns');
    }
    return rows;
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw unusableDataset('csv-form', { line: Number(cause.lines) }, cause);
  }
}
