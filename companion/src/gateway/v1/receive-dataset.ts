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
import type { FastifyRequest } from 'fastify';
import type { DatasetItem } from '../../training/dataset.ts';
import { gatherZip } from '../../training/gather-zip.ts';
import { createSpool } from '../../video-file/spool.ts';

/** Names of the parts of a form. */
const TRUTHS = ['ai', 'real'] as const;

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

/** The pictures of a form, each under the name of its class. */
async function gatherForm(request: FastifyRequest, into: string, signal: AbortSignal): Promise<DatasetItem[]> {
  const items: DatasetItem[] = [];
  let total = 0;
  const limits = { files: MAX_DATASET_ITEMS, fields: 0, parts: MAX_DATASET_ITEMS, fileSize: MAX_CAPTURE_BYTES };
  for await (const part of request.files({ limits })) {
    const truth = TRUTHS.find((one) => one === part.fieldname);
    if (!truth) throw new TouchstoneError('bad-request', 'form: parts are named ai or real');
    const file = String(items.length);
    total += await write(part.file, join(into, file), MAX_DATASET_BYTES - total, signal);
    if (part.file.truncated) throw new TouchstoneError('too-large');
    items.push({ truth, name: part.filename || file, ties: [], place: { kind: 'own', file } });
  }
  return items;
}

/**
 * The pictures that a request brings, in a folder of their own: a zip as the raw body, or the parts of a form.
 * @param spoolFolder where a zip lies while it is unpacked
 */
export async function receiveDataset(
  request: FastifyRequest,
  into: string,
  spoolFolder: string,
  signal: AbortSignal,
): Promise<DatasetItem[]> {
  if (request.isMultipart()) return gatherForm(request, into, signal);
  const zip = await createSpool(spoolFolder, MAX_DATASET_BYTES).receive(request.raw, signal);
  try {
    return await gatherZip(zip.path, into, signal);
  } finally {
    await zip.remove();
  }
}
