import { encoderOf, type Pack, type PackInput, preprocessingOf } from '@touchstone/models';
import type { Opinion } from '../analysis/analyse-picture.ts';
import { COMPANION_VERSION } from '../records/companion-version.ts';
import type { EmbeddingKey, EmbeddingStore, Embeddings } from '../store/embedding-store.ts';

/** @returns undefined for a pack that gives no feature vectors */
export function embeddingKey(content: string, pack: Pack, input: PackInput): EmbeddingKey | undefined {
  const encoder = encoderOf(pack);
  return encoder === undefined ? undefined : { content, encoder, preprocessing: preprocessingOf(input) };
}

/** What a pack's graph saw in a picture, as this version of the companion decodes it. */
export async function recallEmbeddings(
  store: EmbeddingStore,
  content: string,
  pack: Pack,
  input: PackInput,
): Promise<Embeddings | undefined> {
  const key = embeddingKey(content, pack, input);
  const found = key && (await store.find(key));
  const size = pack.manifest.output.embedding?.size ?? 0;
  return found?.companion === COMPANION_VERSION && found.vectors.length === found.views * size ? found : undefined;
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
