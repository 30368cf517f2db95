import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ContentStore } from '../content-store.ts';

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function* inPieces(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

async function listed(store: ContentStore): Promise<string[]> {
  const all: string[] = [];
  for await (const hash of store.list()) all.push(hash);
  return all.toSorted();
}

/** What every content store must do, whatever lies under it. @param create makes an empty one that goes with the test */
export function describeContentStore(name: string, create: () => Promise<ContentStore>): void {
  describe(`the content store of ${name}`, () => {
    it('gives back what was put, by its SHA-256, once however often it was put', async () => {
      const store = await create();
      const bytes = randomBytes(100_000);
      const sha256 = hashOf(bytes);
      expect(await store.put(bytes)).toEqual({ sha256, bytes: 100_000 });
      const parts = inPieces(bytes.subarray(0, 1), bytes.subarray(1));
      expect(await store.put(parts)).toEqual({ sha256, bytes: 100_000 });
      expect(Buffer.from((await store.read(sha256)) ?? [])).toEqual(bytes);
      expect(await listed(store)).toEqual([sha256]);
    });

    it('removes, and knows nothing of what is not there', async () => {
      const store = await create();
      const { sha256 } = await store.put(randomBytes(10));
      expect([await store.remove(sha256), await store.remove(sha256)]).toEqual([true, false]);
      expect([await store.read(sha256), await listed(store)]).toEqual([undefined, []]);
    });

    it('keeps nothing of what is empty, too large, or breaks off', async () => {
      const store = await create();
      await expect(store.put(new Uint8Array(0))).rejects.toMatchObject({ code: 'empty-file' });
      const two = inPieces(randomBytes(6), randomBytes(6));
      await expect(store.put(two, { limitBytes: 11 })).rejects.toMatchObject({ code: 'too-large' });
      expect(await listed(store)).toEqual([]);
    });

    it('tells the hash before anybody can read it', async () => {
      const store = await create();
      const bytes = randomBytes(10);
      const seen: unknown[] = [];
      await store.put(bytes, {
        beforeVisible: async (sha256) => void seen.push(sha256, await store.read(sha256)),
      });
      expect(seen).toEqual([hashOf(bytes), undefined]);
    });
  });
}
