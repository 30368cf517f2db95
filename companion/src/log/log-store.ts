import type { DatabaseSync } from 'node:sqlite';
import { createCaseTable } from './case-table.ts';
import { createDeletions } from './deletions.ts';
import { createEmbeddingTable } from './embedding-table.ts';
import { createHeldBack } from './held-back.ts';
import { createHistoryQueries } from './history-queries.ts';
import { createJobEnding } from './job-claim.ts';
import { createNearDuplicates } from './near-duplicates.ts';
import { FILED_COLUMNS } from './record-row.ts';
import { createRecordWriter } from './record-writer.ts';

/** What is held back is found by nobody. */
const WHOLE = 'SELECT id, label, body FROM shown JOIN bodies USING (number)';

function prepareAll(database: DatabaseSync) {
  return {
    numberOf: database.prepare('SELECT number FROM records WHERE id = ?'),
    byId: database.prepare(
      `SELECT id, label, body, ${FILED_COLUMNS} FROM shown AS records JOIN bodies USING (number) WHERE id = ?`,
    ),
    byNumber: database.prepare(`${WHOLE} WHERE number = ?`),
    exact: database.prepare(`${WHOLE} WHERE sha256 = ? AND pack = ? AND kind = ? ORDER BY number DESC LIMIT 1`),
    same: database.prepare('SELECT id FROM shown WHERE sha256 = ? ORDER BY number DESC'),
    contentOfId: database.prepare('SELECT sha256 FROM shown WHERE id = ?'),
    // Also of what is held back: a label is of a content.
    label: database.prepare('UPDATE records SET label = ? WHERE sha256 = ?'),
    labelOf: database.prepare("SELECT label FROM shown WHERE sha256 = ? AND label <> 'none' LIMIT 1"),
    media: database.prepare('SELECT bytes FROM media JOIN shown USING (number) WHERE id = ? AND media.kind = ?'),
    contentOf: database.prepare('SELECT content FROM contents JOIN shown USING (number) WHERE id = ?'),
    // Work that has ended needs its content no more, a record that keeps its original does.
    needed: database.prepare(
      `SELECT 1 AS yes FROM contents WHERE content = $content
       UNION ALL SELECT 1 FROM jobs WHERE content = $content AND state IN ('pending', 'processing') LIMIT 1`,
    ),
    oldOriginal: database.prepare(
      "SELECT number, bytes FROM media WHERE kind = 'original' AND number > ? ORDER BY number LIMIT 1",
    ),
    keepContent: database.prepare('INSERT OR REPLACE INTO contents (number, content) VALUES (?, ?)'),
    dropOriginal: database.prepare("DELETE FROM media WHERE number = ? AND kind = 'original'"),
    peak: database.prepare('SELECT bytes FROM peaks JOIN shown USING (number) WHERE id = ? AND place = ?'),
    chain: database.prepare(
      `SELECT chain.link, digest, hash, body FROM shown JOIN bodies USING (number)
       JOIN chain ON chain.link = shown.link AND chain.number = shown.number WHERE id = ?`,
    ),
    pageOf: database.prepare('SELECT page_url FROM bodies JOIN shown USING (number) WHERE id = ?'),
    keptContents: database.prepare('SELECT DISTINCT content FROM contents'),
    usedBytes: database.prepare(
      'SELECT (page_count - freelist_count) * page_size AS bytes FROM pragma_page_count, pragma_freelist_count, pragma_page_size',
    ),
    count: database.prepare('SELECT (SELECT count(*) FROM records) - (SELECT count(*) FROM held) AS total'),
  };
}

/** An open database with everything that is prepared on it; a repaired log gets another one. */
export interface LogStore {
  readonly database: DatabaseSync;
  readonly statements: ReturnType<typeof prepareAll>;
  readonly writer: ReturnType<typeof createRecordWriter>;
  readonly queries: ReturnType<typeof createHistoryQueries>;
  readonly jobEnding: ReturnType<typeof createJobEnding>;
  readonly deletions: ReturnType<typeof createDeletions>;
  readonly heldBack: ReturnType<typeof createHeldBack>;
  readonly duplicates: ReturnType<typeof createNearDuplicates>;
  readonly embeddings: ReturnType<typeof createEmbeddingTable>;
  readonly cases: ReturnType<typeof createCaseTable>;
  /** A second connection whose transactions are on the disk when they return, opened when it is first asked for. */
  durable(): DatabaseSync;
  /** Closes both connections. */
  close(): void;
}

/** @param openDurable opens the second connection */
export function createLogStore(database: DatabaseSync, openDurable: () => DatabaseSync): LogStore {
  let durable: DatabaseSync | undefined;
  return {
    database,
    statements: prepareAll(database),
    writer: createRecordWriter(database),
    queries: createHistoryQueries(database),
    jobEnding: createJobEnding(database),
    deletions: createDeletions(database),
    heldBack: createHeldBack(database),
    duplicates: createNearDuplicates(database),
    embeddings: createEmbeddingTable(database),
    cases: createCaseTable(database),
    durable() {
      durable ??= openDurable();
      return durable;
    },
    close() {
      if (durable?.isOpen) durable.close();
      if (database.isOpen) database.close();
    },
  };
}
