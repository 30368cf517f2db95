import { encoderOf, type Pack, type PackInput, preprocessingOf } from '@touchstone/models';
import type { Opinion } from '../analysis/analyse-picture.ts';
import { COMPANION_VERSION } from '../records/companion-version.ts';
import type { EmbeddingKey, EmbeddingStore } from '../store/embedding-store.ts';

/** @returns undefined for a pack that gives no feature vectors */
export function embeddingKey(content: string, pack: Pack, input: PackInput): EmbeddingKey | undefined {
  const encoder = encoderOf(pack);
  return encoder === undefined ? undefined : { content, encoder, preprocessing: preprocessingOf(input) };
}

/** Keeps what the packs saw in a picture whose record has just been written. */
export function keepEmbeddings(store: EmbeddingStore, content: string, opinions: readonly Opinion[]): void {
  for (const { pack, looks } of opinions) {
    for (const { input, vectors, provider } of looks) {
      const key = embeddingKey(content, pack, input);
      const size = pack.manifest.output.embedding?.size ?? 0;
      if (!key || vectors.length === 0) continue;
      store.keep(key, { views: vectors.length / size, vectors, provider, companion: COMPANION_VERSION });
    }
  }
}
