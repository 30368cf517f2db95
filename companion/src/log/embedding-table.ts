import type { DatabaseSync } from 'node:sqlite';
import type { EmbeddingKey, Embeddings } from '../store/embedding-store.ts';
import { fromHalf, toHalf } from './half-floats.ts';

/** How the numbers are kept; part of the key, so that another way of keeping them takes no old ones for its own. */
const PRECISION = 'float16';

/** Rows that go at once where there are too many. */
const EVICTED_AT_ONCE = 256;

const KEY = 'content = $content AND encoder = $encoder AND preprocessing = $preprocessing AND precision = $precision';

/** Feature vectors in the log's database. The step of migrations.ts that makes the table makes deletions take them along. */
export function createEmbeddingTable(database: DatabaseSync) {
  const find = database.prepare(`SELECT views, provider, companion, vectors FROM embeddings WHERE ${KEY}`);
  const put = database.prepare(
    `INSERT OR REPLACE INTO embeddings (content, encoder, preprocessing, precision, views, provider, companion, bytes, vectors)
     SELECT $content, $encoder, $preprocessing, $precision, $views, $provider, $companion, $bytes, $vectors
     WHERE EXISTS (SELECT 1 FROM records WHERE sha256 = $content)`,
  );
  const usage = database.prepare('SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes FROM embeddings');
  const oldest = database.prepare('SELECT number, bytes FROM embeddings ORDER BY number LIMIT ?');
  const evict = database.prepare('DELETE FROM embeddings WHERE number <= ?');

  function sizes(): { count: number; bytes: number } {
    const row = usage.get();
    return { count: Number(row?.count ?? 0), bytes: Number(row?.bytes ?? 0) };
  }

  return {
    find({ content, encoder, preprocessing }: EmbeddingKey): Embeddings | undefined {
      const row = find.get({ content, encoder, preprocessing, precision: PRECISION });
      if (!(row?.vectors instanceof Uint8Array)) return undefined;
      const { views, provider, companion, vectors } = row;
      return {
        views: Number(views),
        provider: String(provider),
        companion: String(companion),
        vectors: fromHalf(vectors),
      };
    },
    /** @returns bytes written; 0 where the content has no record, or the numbers do not fit */
    put(key: EmbeddingKey, { views, vectors, provider, companion }: Embeddings): number {
      const halves = toHalf(vectors);
      if (!halves) return 0;
      const { content, encoder, preprocessing } = key;
      const { changes } = put.run({
        content,
        encoder,
        preprocessing,
        precision: PRECISION,
        views,
        provider,
        companion,
        bytes: halves.length,
        vectors: halves,
      });
      return Number(changes) > 0 ? halves.length : 0;
    },
    usage: sizes,
    /** Removes the oldest until at most `maxBytes` are left. */
    shrinkTo(maxBytes: number): void {
      for (let { bytes } = sizes(); bytes > maxBytes; ) {
        const rows = oldest.all(EVICTED_AT_ONCE);
        let last: number | undefined;
        for (const row of rows) {
          if (bytes <= maxBytes) break;
          bytes -= Number(row.bytes);
          last = Number(row.number);
        }
        if (last === undefined) return;
        evict.run(last);
      }
    },
  };
}
