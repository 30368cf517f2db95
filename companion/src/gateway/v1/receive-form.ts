import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
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
import type { FastifyRequest } from 'fastify';
import type { DatasetItem } from '../../training/dataset.ts';
import { MAX_CSV_BYTES, namedIn, tooLong } from '../../training/gather-csv.ts';
import { placeInFolder } from '../../training/gather-folder.ts';

/** Parts that say themselves what they are. */
const TRUTHS = ['ai', 'real'] as const;
/** A part of a folder: the path in its file name says what it is, or the CSV file does. */
const PICTURE = 'picture';
/** The CSV file of a folder. */
const LABELS = 'labels';

/** A part of a form is written whole, or the sender went away. @throws TouchstoneError `too-large`, `disk-full`, `cancelled` */
async function write(
  stream: AsyncIterable<Uint8Array>,
  to: string,
  room: number,
  signal: AbortSignal,
): Promise<number> {
  let bytes = 0;
  const bound = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.byteLength;
      if (bytes > room) done(new TouchstoneError('too-large'));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(stream, bound, createWriteStream(to, { mode: 0o600, flags: 'wx' }), { signal });
    return bytes;
  } catch (cause) {
    if (cause instanceof TouchstoneError) throw cause;
    throw new TouchstoneError(isDiskFull(cause) ? 'disk-full' : 'cancelled', String(cause), { cause });
  }
}

async function csvOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.byteLength;
    if (bytes > MAX_CSV_BYTES) throw tooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A picture of a folder that waits for its class. */
interface Waiting {
  /** With forward slashes; only compared and shown, never a path on the disk. */
  readonly path: string;
  readonly file: string;
}

/**
 * The pictures of a form: parts named `ai` or `real`, or those of a folder, named `picture` with their paths, which folders `ai` and `real`
 * or a CSV file, the part `labels`, tell apart.
 * @param into folder that is there; files are named by their numbers
 */
export async function receiveForm(request: FastifyRequest, into: string, signal: AbortSignal): Promise<DatasetItem[]> {
  const items: DatasetItem[] = [];
  const waiting: Waiting[] = [];
  let labels: { readonly path: string; readonly bytes: Buffer } | undefined;
  let [total, count] = [0, 0];
  // The CSV file is one more.
  const most = MAX_DATASET_ITEMS + 1;
  const limits = { files: most, fields: 0, parts: most, fileSize: MAX_CAPTURE_BYTES };
  for await (const part of request.files({ limits, preservePath: true })) {
    const path = part.filename.replaceAll('\\', '/');
    if (part.fieldname === LABELS) {
      if (labels) throw new TouchstoneError('bad-request', 'form: one part is named labels');
      labels = { path, bytes: await csvOf(part.file) };
      continue;
    }
    const truth = TRUTHS.find((one) => one === part.fieldname);
    if (!truth && part.fieldname !== PICTURE) {
      throw new TouchstoneError('bad-request', 'form: parts are named ai, real, picture or labels');
    }
    const file = String(count);
    count += 1;
    total += await write(part.file, join(into, file), MAX_DATASET_BYTES - total, signal);
    if (part.file.truncated) throw new TouchstoneError('too-large');
    if (truth) items.push({ truth, name: posix.basename(path) || file, ties: [], place: { kind: 'own', file } });
    else waiting.push({ path, file });
  }
  const told = labels ? byCsv(labels, waiting) : byFolders(waiting);
  const taken = new Set(told.map(({ place }) => (place.kind === 'own' ? place.file : '')));
  for (const { file } of waiting) if (!taken.has(file)) await rm(join(into, file));
  return [...items, ...told];
}

function byFolders(waiting: readonly Waiting[]): DatasetItem[] {
  return waiting.flatMap(({ path, file }) => {
    const found = placeInFolder(path);
    if (!found) return [];
    const { truth, part, source } = found;
    const ties = source === undefined ? [] : [source];
    return { truth, name: path, ties, ...(part && { part }), place: { kind: 'own' as const, file } };
  });
}

/** @throws TouchstoneError `dataset-unusable` for a file that names a picture which did not come along */
function byCsv(labels: { readonly path: string; readonly bytes: Buffer }, waiting: readonly Waiting[]): DatasetItem[] {
  const byPath = new Map(waiting.map(({ path, file }) => [posix.normalize(path), file]));
  return namedIn(labels.bytes).map(({ line, ...item }) => {
    const path = posix.join(posix.dirname(labels.path), item.name.replaceAll('\\', '/'));
    const file = byPath.get(path);
    if (file === undefined) throw unusableDataset('csv-picture', { line, file: item.name });
    return { ...item, place: { kind: 'own', file } };
  });
}
