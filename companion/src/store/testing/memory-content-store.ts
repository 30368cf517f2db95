import { createHash } from 'node:crypto';
import { TouchstoneError } from '@touchstone/shared';
import type { ContentStore } from '../content-store.ts';

/** A content store without a disk. */
export function memoryContentStore(): ContentStore {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    async put(content, { limitBytes = Number.POSITIVE_INFINITY, beforeVisible } = {}) {
      const pieces: Uint8Array[] = [];
      if (content instanceof Uint8Array) pieces.push(content);
      else for await (const piece of content) pieces.push(piece);
      const bytes = new Uint8Array(Buffer.concat(pieces));
      if (bytes.length === 0) throw new TouchstoneError('empty-file');
      if (bytes.length > limitBytes) throw new TouchstoneError('too-large');
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await beforeVisible?.(sha256);
      kept.set(sha256, bytes);
      return { sha256, bytes: bytes.length };
    },
    read: async (sha256) => kept.get(sha256),
    withFile: async () => {
      throw new Error('there are no files in memory');
    },
    remove: async (sha256) => kept.delete(sha256),
    async *list() {
      yield* kept.keys();
    },
  };
}
