import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { TouchstoneError, throwIfCancelled } from '@touchstone/shared';

/** Bytes read at once: a pause of a millisecond for everything else in this thread. */
const CHUNK_BYTES = 512 * 1024;

/**
 * Lower-case hex of a file's SHA-256, in bounded memory. The file stays open.
 * @throws TouchstoneError `cancelled`, `file-unreadable`
 */
export async function sha256OfFile(file: FileHandle, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const chunk = new Uint8Array(CHUNK_BYTES);
  for (let at = 0; ; ) {
    throwIfCancelled(signal);
    const { bytesRead } = await file.read(chunk, 0, chunk.length, at).catch((cause: unknown) => {
      throw new TouchstoneError('file-unreadable', String(cause), { cause });
    });
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(chunk.subarray(0, bytesRead));
    at += bytesRead;
  }
}
