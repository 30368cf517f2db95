import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pack } from '@touchstone/models';
import { encoderOf, preprocessingOf } from '@touchstone/models';
import {
  MAX_CAPTURE_BYTES,
  type ResultRecord,
  TouchstoneError,
  throwIfCancelled,
  toErrorReport,
} from '@touchstone/shared';
import type { Looker } from '../analysis/picture-look.ts';
import { meanOf } from '../analysis/picture-look.ts';
import { recallEmbeddings } from '../pipeline/kept-embeddings.ts';
import type { EmbeddingStore } from '../store/embedding-store.ts';
import type { History } from '../store/record-store.ts';
import { type DatasetItem, encodeVector, ItemLook, isRemoved } from './dataset.ts';
import { namedEvidence } from './named-evidence.ts';
import { addLine, readLines, rewriteLines } from './training-files.ts';

/** Pictures in work at a time: while one is judged the next is decoded. */
const AT_ONCE = 3;
/** Name in the lanes. */
const CLIENT = 'training';
/** Errors that say nothing about the picture: the work ends, and begins again with the next start. */
const NOT_THE_PICTURE: readonly string[] = [
  'shutting-down',
  'cancelled',
  'pack-invalid',
  'pack-unknown',
  'log-locked',
  'disk-full',
];

export interface LookAtItemsRooms {
  readonly looker: Looker;
  readonly log: Pick<History, 'get' | 'original'>;
  readonly embeddings: EmbeddingStore;
}

export interface LookAtItems {
  /** Folder of the data set. */
  readonly folder: string;
  readonly items: readonly DatasetItem[];
  readonly base: Pack;
  /** Is told how many of how many are done, and how many of these were done before. */
  readonly onProgress: (done: number, all: number, before: number) => void;
  readonly signal: AbortSignal;
}

/** Name of the file that holds what this graph saw. */
function looksFile(base: Pack): string {
  const key = `${encoderOf(base)?.slice(0, 16)}-${preprocessingOf(base.manifest.input).slice(0, 8)}`;
  return `looks-${key}.jsonl`;
}

/** What is known of the items so far, by number. */
export async function readLooks(folder: string, base: Pack): Promise<Map<number, ItemLook>> {
  const looks = await readLines(join(folder, looksFile(base)), ItemLook);
  return new Map(looks.map((look) => [look.item, look]));
}

/** Takes away what any graph saw in these items. @returns whether anything was known of them */
export async function forgetLooks(folder: string, items: ReadonlySet<number>): Promise<boolean> {
  let known = false;
  for (const name of (await readdir(folder)).filter((one) => /^looks-.*\.jsonl$/.test(one))) {
    const changed = await rewriteLines(join(folder, name), ItemLook, ({ item }) => !items.has(item));
    known ||= changed;
  }
  return known;
}

/** Looks at every item that was not looked at yet; whatever ends in the middle goes on there. */
export async function lookAtItems(rooms: LookAtItemsRooms, asked: LookAtItems): Promise<Map<number, ItemLook>> {
  const { folder, items, base, onProgress, signal } = asked;
  const file = join(folder, looksFile(base));
  const looks = await readLooks(folder, base);
  const before = looks.size;
  const all = items.filter((one) => !isRemoved(one)).length;
  onProgress(before, all, before);
  const waiting = [...items.entries()].filter(([item, one]) => !looks.has(item) && !isRemoved(one)).values();
  const work = async (): Promise<void> => {
    for (const [item, described] of waiting) {
      throwIfCancelled(signal);
      const look = await lookAtOne(rooms, asked, item, described);
      await addLine(file, look);
      looks.set(item, look);
      onProgress(looks.size, all, before);
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return looks;
}

async function lookAtOne(
  rooms: LookAtItemsRooms,
  { folder, base, signal }: LookAtItems,
  item: number,
  { place }: DatasetItem,
): Promise<ItemLook> {
  try {
    const known = place.kind === 'record' ? await recallRecord(rooms, place.recordId, base) : undefined;
    if (known) return { item, ...known };
    const bytes = await bytesOf(place, folder, rooms.log);
    const seen = await rooms.looker.lookAt({ bytes, pack: base, lane: 'bulk', client: CLIENT, signal });
    const { sha256, perceptualHash, logit, vector, evidence } = seen;
    const named = namedEvidence(evidence);
    return { item, sha256, hash: perceptualHash, logit, vector: encodeVector(vector), evidence: named };
  } catch (error) {
    const report = toErrorReport(error);
    if (signal.aborted || NOT_THE_PICTURE.includes(report.code)) throw error;
    return { item, error: report };
  }
}

/** What the base said of a record's first look, whose features are kept, before calibration; undefined where another pack judged it. */
function logitOf(record: ResultRecord, { manifest }: Pack): number | undefined {
  const word = record.evidence.find(
    ({ kind, details }) =>
      kind === 'classifier' && details.pack === manifest.name && details.version === manifest.version,
  );
  const logit = word?.details.firstLogit ?? word?.details.logit;
  return typeof logit === 'number' ? logit : undefined;
}

/** A record whose features were kept needs no picture. */
async function recallRecord({ log, embeddings }: LookAtItemsRooms, id: string, base: Pack) {
  const record = await log.get(id);
  if (!record) throw new TouchstoneError('not-found', 'the record was deleted');
  const { sha256, perceptualHash: hash } = record.picture;
  const { second: _, ...input } = base.manifest.input;
  const logit = logitOf(record, base);
  const found = await recallEmbeddings(embeddings, sha256, base, input);
  if (!found || logit === undefined) return undefined;
  return {
    sha256,
    hash,
    logit,
    vector: encodeVector(meanOf(found.vectors, base.manifest.output.embedding?.size ?? 0)),
    evidence: namedEvidence(record.evidence),
  };
}

/** @throws TouchstoneError `file-unreadable`, `too-large`, `picture-not-kept`, `not-found` for an item that was removed with its record */
export async function bytesOf(
  place: DatasetItem['place'],
  folder: string,
  log: Pick<History, 'original'>,
): Promise<Uint8Array> {
  if (place.kind === 'record') {
    const kept = await log.original(place.recordId);
    if (!kept) throw new TouchstoneError('picture-not-kept');
    return kept;
  }
  if (place.kind === 'removed') throw new TouchstoneError('not-found', 'the record was deleted');
  return readPicture(place.kind === 'own' ? join(folder, 'files', place.file) : place.path);
}

async function readPicture(path: string): Promise<Uint8Array> {
  try {
    // A pipe without a writer would keep the opening waiting.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const found = await file.stat();
      if (!found.isFile()) throw new TouchstoneError('file-unreadable', 'no plain file');
      if (found.size > MAX_CAPTURE_BYTES) throw new TouchstoneError('too-large');
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof TouchstoneError) throw cause;
    throw new TouchstoneError('file-unreadable', String(cause), { cause });
  }
}
