import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  isDiskFull,
  MAX_CAPTURE_BYTES,
  MAX_DATASET_BYTES,
  MAX_DATASET_ITEMS,
  TouchstoneError,
} from '@touchstone/shared';
import { unusableDataset } from '@touchstone/shared/words';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { DatasetItem } from './dataset.ts';
import { placeInFolder, refuseBeyondLimit } from './gather-folder.ts';

/** Entries of a zip, folders and other files among them. */
const MAX_ENTRIES = 2 * MAX_DATASET_ITEMS;
/** Encoded pictures shrink by a few percent; what shrinks to this part of itself is none. */
const MAX_RATIO = 100;
/** Below this length of an entry the ratio says nothing. Bytes. */
const RATIO_FROM_BYTES = 1024 * 1024;
/** Unix modes in the upper half of the external attributes (APPNOTE 4.4.15). */
const [MODE_SHIFT, TYPE_MASK, LINK] = [16, 0o170000, 0o120000];
/** The first bit of the general purpose flags says that an entry is encrypted. */
const ENCRYPTED = 1;

function open(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    // Names with "..", absolute ones and backslashes are refused by the reader, and so are entries that lie about their size.
    const options = { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySize: true };
    yauzl.open(path, options, (error, zip) => (error ? reject(unusableDataset('zip-form', {}, error)) : resolve(zip)));
  });
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | undefined>((resolve, reject) => {
      const over = (): void => {
        zip.off('entry', onEntry);
        zip.off('end', onEnd);
        zip.off('error', onError);
      };
      const onEntry = (one: Entry): void => {
        over();
        resolve(one);
      };
      const onEnd = (): void => {
        over();
        resolve(undefined);
      };
      const onError = (error: Error): void => {
        over();
        reject(unusableDataset('zip-entry', {}, error));
      };
      zip.once('entry', onEntry).once('end', onEnd).once('error', onError);
      zip.readEntry();
    });
    if (!entry) return;
    yield entry;
  }
}

function refuseTricks({ fileName, externalFileAttributes, generalPurposeBitFlag, ...sizes }: Entry): void {
  if (((externalFileAttributes >>> MODE_SHIFT) & TYPE_MASK) === LINK)
    throw unusableDataset('zip-link', { file: fileName });
  if (generalPurposeBitFlag & ENCRYPTED) throw unusableDataset('zip-password', { file: fileName });
  const { compressedSize, uncompressedSize } = sizes;
  if (uncompressedSize > RATIO_FROM_BYTES && uncompressedSize > MAX_RATIO * compressedSize) {
    throw unusableDataset('zip-ratio', { file: fileName, count: MAX_RATIO });
  }
}

/**
 * Unpacks the pictures of a zip in which folders named `ai` and `real` say what is in them. No name of the zip becomes one on the disk.
 * @param into folder that is there; files are named by their numbers
 * @param first number of the first file
 * @throws TouchstoneError `dataset-unusable` for anything that a zip of pictures does not do, `disk-full`
 */
export async function gatherZip(path: string, into: string, signal: AbortSignal, first = 0): Promise<DatasetItem[]> {
  const zip = await open(path);
  try {
    if (zip.entryCount > MAX_ENTRIES) throw unusableDataset('zip-entries', { count: MAX_ENTRIES });
    const items: DatasetItem[] = [];
    let total = 0;
    for await (const entry of entriesOf(zip)) {
      signal.throwIfAborted();
      refuseTricks(entry);
      const found = entry.fileName.endsWith('/') ? undefined : placeInFolder(entry.fileName);
      if (!found) continue;
      total += entry.uncompressedSize;
      if (total > MAX_DATASET_BYTES) throw unusableDataset('zip-size');
      if (entry.uncompressedSize > MAX_CAPTURE_BYTES) {
        throw unusableDataset('zip-picture-size', { file: entry.fileName });
      }
      const file = String(first + items.length);
      await unpack(zip, entry, join(into, file), signal);
      const { truth, part, source } = found;
      const ties = source === undefined ? [] : [source];
      items.push({ truth, name: entry.fileName, ties, ...(part && { part }), place: { kind: 'own', file } });
      refuseBeyondLimit(first + items.length);
    }
    return items;
  } finally {
    zip.close();
  }
}

async function unpack(zip: ZipFile, entry: Entry, to: string, signal: AbortSignal): Promise<void> {
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    zip.openReadStream(entry, (error, readable) =>
      error ? reject(unusableDataset('zip-picture', { file: entry.fileName }, error)) : resolve(readable),
    );
  });
  let bytes = 0;
  const bound = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.byteLength;
      if (bytes > entry.uncompressedSize) done(unusableDataset('zip-picture', { file: entry.fileName }));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(stream, bound, createWriteStream(to, { mode: 0o600, flags: 'wx' }), { signal });
  } catch (cause) {
    if (cause instanceof TouchstoneError || signal.aborted) throw cause;
    if (isDiskFull(cause)) throw new TouchstoneError('disk-full', String(cause), { cause });
    throw unusableDataset('zip-picture', { file: entry.fileName }, cause);
  }
}
