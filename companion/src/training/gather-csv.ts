import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { TouchstoneError, type Truth } from '@touchstone/shared';
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

/** A picture as a CSV file names it; `name` is its path as it stands there. */
export type NamedInCsv = Omit<DatasetItem, 'place'>;

/**
 * The pictures that a CSV file names: columns `path` (as seen from the file) and `label`, and, where there are such, `source` (what
 * stays together) and `split`.
 * @throws TouchstoneError `dataset-unusable` with the line and what is wrong in it, `file-unreadable`
 */
export async function gatherCsv(file: string): Promise<DatasetItem[]> {
  return namedIn(await bytesOf(file)).map((item) => ({
    ...item,
    place: { kind: 'path', path: resolve(dirname(file), item.name) },
  }));
}

/** The same, of the file's bytes: where the pictures lie is the caller's to know. @throws TouchstoneError `dataset-unusable` */
export function namedIn(bytes: Buffer): NamedInCsv[] {
  const items: NamedInCsv[] = [];
  for (const [index, row] of rowsOf(bytes).entries()) {
    const parsed = v.safeParse(Row, row);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      // The first line names the columns.
      throw new TouchstoneError('dataset-unusable', `line ${index + 2}, ${v.getDotPath(issue)}: ${issue.message}`);
    }
    const { path, label, source, split } = parsed.output;
    items.push({
      truth: TRUTHS[label] ?? 'real',
      name: path,
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

export const tooLong = (): TouchstoneError =>
  new TouchstoneError('dataset-unusable', 'the CSV file is larger than 16 MB');

function rowsOf(bytes: Buffer): unknown[] {
  try {
    const columns = (header: string[]): string[] => header.map((name) => name.trim().toLowerCase());
    const rows: unknown = parse(bytes, { bom: true, columns, skip_empty_lines: true });
    const [first] = Array.isArray(rows) ? rows : [];
    if (first !== undefined && !v.is(v.looseObject({ path: v.string(), label: v.string() }), first)) {
      throw new TouchstoneError('dataset-unusable', 'the first line must name the columns path and label');
    }
    return Array.isArray(rows) ? rows : [];
  } catch (cause) {
    if (cause instanceof CsvError) throw new TouchstoneError('dataset-unusable', cause.message, { cause });
    throw cause;
  }
}
