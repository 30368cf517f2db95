import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TouchstoneError, throwIfCancelled } from '@touchstone/shared';
import { MAX_MODEL_BYTES } from '../pack/pack-schema.ts';

export interface DownloadOptions {
  readonly url: string;
  /** Final path; the unfinished file lies beside it with `.part` and is continued next time. */
  readonly target: string;
  /** Lower-case hex; without it the hash is only reported. */
  readonly sha256?: string;
  /** Bytes after which a server is cut off, unpacked ones; default that of the largest model. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /** Called after each chunk; `total` is undefined where the server does not say. */
  readonly onProgress?: (done: number, total: number | undefined) => void;
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.size,
    () => 0,
  );
}

/** SHA-256 of a file in bounded memory, lower-case hex. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/** The body as chunks; Node's own bridge and the DOM's types of a stream do not fit each other. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function request(url: string, from: number, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch(url, {
      redirect: 'follow',
      headers: from > 0 ? { range: `bytes=${from}-` } : {},
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    throwIfCancelled(signal, cause);
    throw new TouchstoneError('download-failed', `${url}: ${String(cause)}`, { cause });
  }
}

/**
 * Downloads one file, continuing an unfinished one, and gives it its name only when the hash is right.
 * Only addresses that a person typed or the catalogue pins come here; pages never choose one.
 * @returns the sha256 of the file
 * @throws TouchstoneError `download-failed` (what was received is kept), `hash-mismatch` (it is deleted), `cancelled`
 */
export async function download(options: DownloadOptions): Promise<string> {
  const { url, target, sha256, maxBytes = MAX_MODEL_BYTES, signal, onProgress } = options;
  const part = `${target}.part`;
  const have = await sizeOf(part);
  let response = await request(url, have, signal);
  if (response.status === 416) {
    // The part is whole already, or not a beginning of this file: the hash decides below, or we start anew.
    if (sha256 && (await hashFile(part)) === sha256) {
      await rename(part, target);
      return sha256;
    }
    await rm(part, { force: true });
    response = await request(url, 0, signal);
  }
  if (!response.ok || !response.body) throw new TouchstoneError('download-failed', `${url}: status ${response.status}`);
  const continues = response.status === 206;
  let done = continues ? have : 0;
  const length = Number(response.headers.get('content-length'));
  const total = Number.isFinite(length) && length > 0 ? done + length : undefined;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      done += chunk.length;
      onProgress?.(done, total);
      callback(done > maxBytes ? new TouchstoneError('too-large', url) : null, chunk);
    },
  });
  try {
    await pipeline(
      Readable.from(chunksOf(response.body)),
      meter,
      createWriteStream(part, { flags: continues ? 'a' : 'w', mode: 0o600 }),
      ...(signal ? [{ signal }] : []),
    );
  } catch (cause) {
    if (cause instanceof TouchstoneError) throw cause;
    throwIfCancelled(signal, cause);
    throw new TouchstoneError('download-failed', `${url}: ${String(cause)}`, { cause });
  }
  const actual = await hashFile(part);
  if (sha256 && actual !== sha256) {
    await rm(part, { force: true });
    throw new TouchstoneError('hash-mismatch', `${url}: sha256 ${actual} instead of ${sha256}`);
  }
  await rename(part, target);
  return actual;
}
