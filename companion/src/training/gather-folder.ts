import { lstat, opendir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { MAX_DATASET_ITEMS, TouchstoneError, type Truth } from '@touchstone/shared';
import { unusableDataset } from '@touchstone/shared/words';
import type { DatasetItem } from './dataset.ts';

/** Folders that say what is in them. */
const TRUTHS: Readonly<Record<string, Truth>> = { ai: 'ai', fake: 'ai', real: 'real' };
/** Folders that say which side of the split is in them. */
const PARTS: Readonly<Record<string, 'train' | 'test'>> = { train: 'train', test: 'test' };
/** Folders inside folders. */
const MAX_DEPTH = 16;
/** Other files than pictures that a folder of pictures holds. */
const NO_PICTURE = /(^\.)|(^Thumbs\.db$)|\.(txt|md|csv|json|xml|html?|zip|pdf)$/i;

/** What the folders on the way to a file say of it. */
export interface PlaceInFolder {
  readonly truth: Truth;
  readonly part: 'train' | 'test' | undefined;
  /** Folders below the one that says the truth, and that one; undefined for a file that lies in it. */
  readonly source: string | undefined;
}

/**
 * Reads a path as `[any/][train|test/]ai|real/[source/...]file`, whichever folder comes first.
 * @param path with forward slashes
 * @returns undefined where no folder says what is in it, and for what is no picture
 */
export function placeInFolder(path: string): PlaceInFolder | undefined {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  if (NO_PICTURE.test(file) || folders.some((one) => one.startsWith('.') || one === '__MACOSX')) return undefined;
  const at = folders.findIndex((one) => Object.hasOwn(TRUTHS, one.toLowerCase()));
  const truth = TRUTHS[folders[at]?.toLowerCase() ?? ''];
  if (!truth) return undefined;
  const part = folders.map((one) => (Object.hasOwn(PARTS, one.toLowerCase()) ? PARTS[one.toLowerCase()] : undefined));
  const inside = folders.slice(at + 1);
  return {
    truth,
    part: part.find((one) => one !== undefined),
    source: inside.length > 0 ? `folder ${folders[at]}/${inside.join('/')}` : undefined,
  };
}

/** @throws TouchstoneError `dataset-unusable` */
export function refuseBeyondLimit(count: number): void {
  if (count > MAX_DATASET_ITEMS) throw unusableDataset('too-many', { count: MAX_DATASET_ITEMS });
}

async function* filesIn(folder: string, depth = 0): AsyncGenerator<string> {
  if (depth > MAX_DEPTH) throw unusableDataset('too-deep', { count: MAX_DEPTH, file: basename(folder) });
  const entries = [];
  for await (const entry of await opendir(folder)) entries.push(entry);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    // Links lead out of the folder, or in circles.
    if (entry.isDirectory()) yield* filesIn(path, depth + 1);
    else if (entry.isFile()) yield path;
  }
}

/** The pictures of a folder in which folders named `ai` and `real` say what is in them. @throws TouchstoneError `dataset-unusable`, `file-unreadable` */
export async function gatherFolder(folder: string, signal?: AbortSignal): Promise<DatasetItem[]> {
  const items: DatasetItem[] = [];
  try {
    for await (const path of filesIn(folder)) {
      signal?.throwIfAborted();
      const name = relative(folder, path).replaceAll('\\', '/');
      const found = placeInFolder(name);
      if (!found) continue;
      const { truth, part, source } = found;
      const ties = source === undefined ? [] : [source];
      items.push({ truth, name, ties, ...(part && { part }), place: { kind: 'path', path } });
      refuseBeyondLimit(items.length);
    }
  } catch (cause) {
    if (cause instanceof TouchstoneError) throw cause;
    throw new TouchstoneError('file-unreadable', String(cause), { cause });
  }
  return items;
}

/** @throws TouchstoneError `file-unreadable` */
export async function kindOfPath(path: string): Promise<'folder' | 'file'> {
  const found = await lstat(path).catch((cause: unknown) => {
    throw new TouchstoneError('file-unreadable', basename(path), { cause });
  });
  if (found.isDirectory()) return 'folder';
  if (found.isFile()) return 'file';
  throw new TouchstoneError('file-unreadable', `${basename(path)} is neither a folder nor a plain file`);
}
