import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { isDiskFull, TouchstoneError, throwIfCancelled } from '@touchstone/shared';
import type { PutOptions, StoredContent } from '../content-store.ts';

/** Trouble of the disk; anything else that breaks a stream means that its sender went away. */
const DISK_TROUBLE: readonly unknown[] = ['EACCES', 'EPERM', 'EROFS', 'EIO'];

function asWriteError(cause: unknown): TouchstoneError {
  if (cause instanceof TouchstoneError) return cause;
  if (isDiskFull(cause)) return new TouchstoneError('disk-full', String(cause), { cause });
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return new TouchstoneError(DISK_TROUBLE.includes(code) ? 'folder-unusable' : 'cancelled', String(cause), { cause });
}

async function* piecesOf(content: Uint8Array | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (content instanceof Uint8Array) yield content;
  else yield* content;
}

async function writeAll(
  file: FileHandle,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  { limitBytes = Number.POSITIVE_INFINITY, signal }: PutOptions,
): Promise<StoredContent> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of piecesOf(content)) {
    throwIfCancelled(signal);
    bytes += piece.byteLength;
    if (bytes > limitBytes) throw new TouchstoneError('too-large', `more than ${limitBytes} bytes`);
    hash.update(piece);
    await file.writeFile(piece);
  }
  if (bytes === 0) throw new TouchstoneError('empty-file');
  return { sha256: hash.digest('hex'), bytes };
}

/** Makes what a file holds outlast a power cut. @throws TouchstoneError `disk-full`, `folder-unusable` */
export async function syncFile(path: string): Promise<void> {
  try {
    const file = await open(path, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw asWriteError(cause);
  }
}

/**
 * Writes content into a new file (0600), not synced yet; nothing is held in memory but the piece that goes by.
 * @throws TouchstoneError as `ContentStore.put`
 */
export async function writeContent(
  path: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  options: PutOptions,
): Promise<StoredContent> {
  try {
    // `wx` follows no link.
    const file = await open(path, 'wx', 0o600);
    try {
      await file.chmod(0o600);
      return await writeAll(file, content, options);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw asWriteError(cause);
  }
}
