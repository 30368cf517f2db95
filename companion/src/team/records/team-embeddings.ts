import { type Kysely, sql } from 'kysely';
import { fromHalf, toHalf } from '../../log/half-floats.ts';
import type { EmbeddingKey, EmbeddingStore, Embeddings } from '../../store/embedding-store.ts';
import type { TeamTables } from '../database/tables.ts';

/** Features of a team's pictures that are kept: those of 320,000 pictures that both shipped packs have looked at. */
const MAX_BYTES = 2_000_000_000;

/** Rows after which the size is looked at again. */
const LOOK_EVERY = 1_000;

/** How long new ones wait for their record, and for more. Milliseconds. */
const WRITE_AFTER_MS = 1_000;

/** New ones that wait at most; what comes beyond is not kept (10 MB). */
const MAX_WAITING = 1_000;

/** Share that is left when there were too many. */
const LEFT_SHARE = 0.9;

interface Waiting {
  readonly key: EmbeddingKey;
  readonly embeddings: Embeddings;
  readonly owner: string;
}

/**
 * Feature vectors of a tenant's pictures, shared by its owners: they tell of a picture, not of who looked at it. Nobody can ask for
 * them but a worker that has the picture in its hands.
 * @param owner whose record it is that they are kept with
 */
export function createTeamEmbeddings(
  database: Kysely<TeamTables>,
  tenant: string,
  owner: () => string,
  maxBytes = MAX_BYTES,
): EmbeddingStore {
  let waiting = new Map<string, Waiting>();
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let unlooked = LOOK_EVERY;

  async function usage(): Promise<{ count: number; bytes: number }> {
    const sizes = sql<{ count: number; bytes: number }>`SELECT count(*) AS count,
      coalesce(sum(octet_length(vectors)), 0)::bigint AS bytes FROM embeddings WHERE tenant = ${tenant}`;
    return (await sizes.execute(database)).rows[0] ?? { count: 0, bytes: 0 };
  }

  /** Removes the oldest where there are too many. */
  async function shrink(): Promise<void> {
    unlooked = 0;
    const { bytes } = await usage();
    if (bytes <= maxBytes) return;
    await sql`DELETE FROM embeddings WHERE tenant = ${tenant} AND number <= (
      SELECT max(number) FROM (
        SELECT number, sum(octet_length(vectors)) OVER (ORDER BY number) AS so_far FROM embeddings WHERE tenant = ${tenant}
      ) AS oldest WHERE so_far <= ${Math.ceil(bytes - maxBytes * LEFT_SHARE)})`.execute(database);
  }

  /** Writes those down whose contents still have a record, in one statement. */
  async function write(batch: readonly Waiting[]): Promise<void> {
    const rows = batch.flatMap(({ key, owner, embeddings: { vectors, ...rest } }) => {
      const half = toHalf(vectors);
      return half ? [{ ...key, ...rest, owner, vectors: Buffer.from(half).toString('hex') }] : [];
    });
    // The record is looked for among its owner's: the index of contents begins with whose they are.
    await sql`INSERT INTO embeddings (tenant, content, encoder, preprocessing, views, vectors, provider, companion)
      SELECT ${tenant}, content, encoder, preprocessing, views, decode(vectors, 'hex'), provider, companion
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS given (content text, encoder text, preprocessing text,
        views integer, vectors text, provider text, companion text, owner text)
      WHERE EXISTS (SELECT 1 FROM records WHERE tenant = ${tenant} AND records.owner = given.owner
        AND sha256 = given.content)
      ON CONFLICT (tenant, content, encoder, preprocessing) DO UPDATE SET views = excluded.views, vectors = excluded.vectors,
        provider = excluded.provider, companion = excluded.companion`.execute(database);
    unlooked += rows.length;
    if (unlooked >= LOOK_EVERY) await shrink();
  }

  /** Writes down what waits, one batch after the other. */
  function writeAll(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const batch = [...waiting.values()];
    waiting = new Map();
    // A cache that cannot be written is a cache that misses; what is wrong with the database is said by the records.
    writing = writing.then(() => (batch.length === 0 ? undefined : write(batch).catch(() => undefined)));
    return writing;
  }

  return {
    async find({ content, encoder, preprocessing }) {
      const found = sql<Embeddings & { vectors: Uint8Array }>`SELECT views, vectors, provider, companion FROM embeddings
        WHERE tenant = ${tenant} AND content = ${content} AND encoder = ${encoder} AND preprocessing = ${preprocessing}`;
      const [row] = (await found.execute(database)).rows;
      return row && { ...row, vectors: fromHalf(new Uint8Array(row.vectors)) };
    },
    keep(key, embeddings) {
      if (waiting.size >= MAX_WAITING) return;
      // A picture that was looked at twice meanwhile is written once.
      const name = JSON.stringify([key.content, key.encoder, key.preprocessing]);
      waiting.set(name, { key, embeddings, owner: owner() });
      timer ??= setTimeout(() => void writeAll(), WRITE_AFTER_MS).unref();
    },
    async usage() {
      await writeAll();
      return { ...(await usage()), maxBytes };
    },
    settled: writeAll,
  };
}
