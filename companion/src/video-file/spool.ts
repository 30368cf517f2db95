import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isDiskFull, MAX_VIDEO_BYTES, TouchstoneError } from '@touchstone/shared';

/** A video on its way in, kept on disk only while it is checked. */
export interface SpooledFile {
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex, taken while the bytes went by. */
  readonly sha256: string;
  remove(): Promise<void>;
}

export interface Spool {
  /**
   * Writes a stream to a file of its own (0600); nothing is held in memory but the piece that goes by.
   * @throws TouchstoneError `disk-full`, `too-large`, `empty-file`, `cancelled` when the sender goes away; the file is gone then
   */
  receive(stream: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<SpooledFile>;
}

/** The names that `receive` gives. */
const SPOOLED = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Removes what a companion that was killed left behind: files that a spool wrote, and nothing else that somebody put
 * there. What cannot be removed stays.
 */
export async function emptySpool(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.isFile() && SPOOLED.test(entry.name)) await rm(join(folder, entry.name), { force: true }).catch(() => {});
  }
}

/** @param folder made (0700) with the first file */
export function createSpool(folder: string, limitBytes = MAX_VIDEO_BYTES): Spool {
  return {
    async receive(stream, signal) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await chmod(folder, 0o700);
      const path = join(folder, randomUUID());
      const remove = () => rm(path, { force: true });
      const hash = createHash('sha256');
      let bytes = 0;
      const count = new Transform({
        transform(chunk: Uint8Array, _encoding, done) {
          bytes += chunk.byteLength;
          if (bytes > limitBytes) {
            done(new TouchstoneError('too-large'));
            return;
          }
          hash.update(chunk);
          done(null, chunk);
        },
      });
      try {
        await pipeline(stream, count, createWriteStream(path, { mode: 0o600, flags: 'wx' }), { signal });
        if (bytes === 0) throw new TouchstoneError('empty-file');
        return { path, bytes, sha256: hash.digest('hex'), remove };
      } catch (cause) {
        await remove();
        if (cause instanceof TouchstoneError) throw cause;
        throw new TouchstoneError(troubleOf(cause), String(cause), { cause });
      }
    },
  };
}

/** Anything else that breaks a stream means that its sender went away. */
const DISK_TROUBLE: readonly unknown[] = ['EACCES', 'EPERM', 'EROFS', 'EIO'];

function troubleOf(error: unknown): 'disk-full' | 'file-unreadable' | 'cancelled' {
  if (isDiskFull(error)) return 'disk-full';
  return error instanceof Error && 'code' in error && DISK_TROUBLE.includes(error.code)
    ? 'file-unreadable'
    : 'cancelled';
}
