import type { EmbeddingKey, EmbeddingStore, Embeddings } from '../store/embedding-store.ts';
import { transaction } from './deletions.ts';
import type { GuardedStore } from './guarded-store.ts';

/** 256 MB of features: those of 40,000 pictures that both shipped packs have looked at. */
const MAX_BYTES = 256_000_000;

/** Share that is left when there were too many, so that not every picture afterwards makes one go. */
const LEFT_SHARE = 0.9;

/** How long new ones wait for more, in milliseconds: an answer that was given meanwhile is not held up. */
const WRITE_AFTER_MS = 200;

/** New ones that wait at most; what comes beyond is not kept (10 MB). */
const MAX_WAITING = 1_000;

export interface EmbeddingCacheOptions {
  readonly maxBytes?: number | undefined;
}

export interface EmbeddingCache extends EmbeddingStore {
  /** Writes down what waits, before the database is closed. */
  end(): void;
}

/** The embedded embedding store: a table of the history's database, written in small batches beside everything else. */
export function createEmbeddingCache(
  store: GuardedStore,
  { maxBytes = MAX_BYTES }: EmbeddingCacheOptions = {},
): EmbeddingCache {
  const waiting: { readonly key: EmbeddingKey; readonly embeddings: Embeddings }[] = [];
  let timer: NodeJS.Timeout | undefined;
  /** Bytes since the last look at how much there is; the first write looks. */
  let unlooked = Number.POSITIVE_INFINITY;

  function writeAll(): void {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting.splice(0);
    if (batch.length === 0) return;
    try {
      store.use(({ database, embeddings: table }) =>
        transaction(database, () => {
          for (const { key, embeddings } of batch) unlooked += table.put(key, embeddings);
          if (unlooked < maxBytes * (1 - LEFT_SHARE)) return;
          if (table.usage().bytes > maxBytes) table.shrinkTo(maxBytes * LEFT_SHARE);
          unlooked = 0;
        }),
      );
    } catch {
      // A cache that cannot be written is a cache that misses; what is wrong with the disk is said by the records.
    }
  }

  return {
    async find(key) {
      writeAll();
      return store.use(({ embeddings }) => embeddings.find(key));
    },
    keep(key, embeddings) {
      if (waiting.length >= MAX_WAITING) return;
      waiting.push({ key, embeddings });
      timer ??= setTimeout(writeAll, WRITE_AFTER_MS).unref();
    },
    async usage() {
      writeAll();
      return { ...store.use(({ embeddings }) => embeddings.usage()), maxBytes };
    },
    async settled() {
      writeAll();
    },
    end: writeAll,
  };
}
