import type { DatabaseSync } from 'node:sqlite';
import { TouchstoneError } from '@touchstone/shared';
import { transaction } from './deletions.ts';
import { LAST_TIMED_NUMBER } from './record-number.ts';

/**
 * Steps from an empty file to today's tables; a step that has shipped is never edited, only followed by another.
 * `PRAGMA user_version` counts the steps done.
 */
export const MIGRATIONS: readonly string[] = [
  `
  -- Narrow rows for filters; the number carries the time, see record-number.ts. Each index ends in the number by itself.
  CREATE TABLE records (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    verdict TEXT NOT NULL,
    kind TEXT NOT NULL,
    site TEXT NOT NULL,
    pack TEXT NOT NULL,
    label TEXT NOT NULL DEFAULT 'none',
    sha256 TEXT NOT NULL,
    perceptual_hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX records_verdict ON records (verdict);
  CREATE INDEX records_kind ON records (kind);
  CREATE INDEX records_site ON records (site);
  CREATE INDEX records_pack ON records (pack);
  CREATE INDEX records_label ON records (label);
  CREATE INDEX records_same ON records (sha256);

  CREATE TABLE bodies (
    number INTEGER PRIMARY KEY REFERENCES records (number) ON DELETE CASCADE,
    url TEXT NOT NULL,
    page_url TEXT NOT NULL,
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;

  CREATE TABLE media (
    number INTEGER NOT NULL REFERENCES records (number) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('thumbnail', 'original')),
    bytes BLOB NOT NULL,
    PRIMARY KEY (number, kind)
  ) STRICT;

  -- Words by column, without their places: no phrase is ever asked for. (detail = 'none' would be smaller still, but
  -- keeps deleted words in the file for good: tried with SQLite 3.53.) Beginnings of up to
  -- seven letters are indexed, so that the matches of a common one ("https") are read as they are shown, not gathered first.
  CREATE VIRTUAL TABLE words USING fts5 (
    url, page_url, title, file_name,
    content = 'bodies', content_rowid = 'number', detail = 'column', columnsize = 0, prefix = '1 2 3 4 5 6 7',
    tokenize = 'unicode61 remove_diacritics 2'
  );
  CREATE TRIGGER words_added AFTER INSERT ON bodies BEGIN
    INSERT INTO words (rowid, url, page_url, title, file_name)
    VALUES (new.number, new.url, new.page_url, new.title, new.file_name);
  END;
  CREATE TRIGGER words_removed BEFORE DELETE ON bodies BEGIN
    INSERT INTO words (words, rowid, url, page_url, title, file_name)
    VALUES ('delete', old.number, old.url, old.page_url, old.title, old.file_name);
  END;
  `,
  `
  -- The hash chain, see hash-chain.ts. Links count from 1 without gaps and are never removed; a deleted record leaves its
  -- link with the digest alone. Link 0 holds the number of the newest record from before the chain, which has no link.
  CREATE TABLE chain (
    link INTEGER PRIMARY KEY,
    number INTEGER,
    digest BLOB NOT NULL,
    hash BLOB NOT NULL
  ) STRICT;
  INSERT INTO chain (link, number, digest, hash) SELECT 0, max(number), zeroblob(32), zeroblob(32) FROM records;
  ALTER TABLE records ADD COLUMN link INTEGER;
  `,
  `
  -- Pictures of a video's telling moments, in the order of its timeline's peaks.
  CREATE TABLE peaks (
    number INTEGER NOT NULL REFERENCES records (number) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (number, place)
  ) STRICT;
  `,
  `
  -- Notes of what was lost when a damaged log was saved, see damage-note.ts; each has a link of its own.
  CREATE TABLE damages (
    link INTEGER PRIMARY KEY,
    body TEXT NOT NULL
  ) STRICT;

  -- Numbers from a clock in the far future, which no JavaScript number holds: they move to the end of those that it does.
  PRAGMA defer_foreign_keys = ON;
  CREATE TEMP TABLE far AS
    SELECT number AS was, ${LAST_TIMED_NUMBER + 2 ** 39} + row_number() OVER (ORDER BY number) AS now
    FROM records WHERE number > ${Number.MAX_SAFE_INTEGER};
  INSERT INTO words (words, rowid, url, page_url, title, file_name)
    SELECT 'delete', number, url, page_url, title, file_name FROM bodies JOIN far ON number = was;
  UPDATE records SET number = (SELECT now FROM far WHERE was = number) WHERE number IN (SELECT was FROM far);
  UPDATE bodies SET number = (SELECT now FROM far WHERE was = number) WHERE number IN (SELECT was FROM far);
  UPDATE media SET number = (SELECT now FROM far WHERE was = number) WHERE number IN (SELECT was FROM far);
  UPDATE peaks SET number = (SELECT now FROM far WHERE was = number) WHERE number IN (SELECT was FROM far);
  UPDATE chain SET number = (SELECT now FROM far WHERE was = number) WHERE number IN (SELECT was FROM far);
  INSERT INTO words (rowid, url, page_url, title, file_name)
    SELECT number, url, page_url, title, file_name FROM bodies JOIN far ON number = now;
  DROP TABLE far;
  `,
  `
  -- Whose a record is: beside the hashed text, as the label.
  ALTER TABLE records ADD COLUMN owner TEXT NOT NULL DEFAULT 'local';

  -- Checks that were accepted, see jobs/job-ledger.ts. A record ends its job in the transaction that writes it.
  CREATE TABLE jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('pending', 'processing', 'completed', 'failed', 'cancelled')),
    owner TEXT NOT NULL,
    client TEXT NOT NULL,
    lane TEXT NOT NULL CHECK (lane IN ('asked', 'bulk')),
    content TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    work TEXT NOT NULL,
    request INTEGER REFERENCES job_requests (number) ON DELETE SET NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Whether a worker died while it had this job, and how often it had nothing else.
    suspect INTEGER NOT NULL DEFAULT 0,
    deaths INTEGER NOT NULL DEFAULT 0,
    worker TEXT,
    stage TEXT,
    progress REAL,
    record TEXT,
    error TEXT,
    accepted_at INTEGER NOT NULL,
    started_at INTEGER,
    heartbeat_at INTEGER,
    ended_at INTEGER
  ) STRICT;
  CREATE INDEX jobs_waiting ON jobs (lane, client, number) WHERE state = 'pending';
  CREATE INDEX jobs_suspect ON jobs (deaths, number) WHERE state = 'pending' AND suspect = 1;
  CREATE INDEX jobs_working ON jobs (worker) WHERE state = 'processing';
  CREATE INDEX jobs_content ON jobs (content) WHERE state IN ('pending', 'processing');
  CREATE INDEX jobs_ended ON jobs (ended_at) WHERE ended_at IS NOT NULL;
  CREATE INDEX jobs_record ON jobs (record) WHERE record IS NOT NULL;
  CREATE INDEX jobs_request ON jobs (request) WHERE request IS NOT NULL;

  CREATE TABLE job_requests (
    number INTEGER PRIMARY KEY,
    owner TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (owner, key)
  ) STRICT;
  `,
  `
  -- Originals lie in the content store under their hash (store/contents.ts); those in media move there bit by bit.
  CREATE TABLE contents (
    number INTEGER PRIMARY KEY REFERENCES records (number) ON DELETE CASCADE,
    content TEXT NOT NULL
  ) STRICT;
  CREATE INDEX contents_same ON contents (content);
  `,
  `
  -- Feature vectors of pictures, see embedding-table.ts; numbers rise with their age. The last record of a content takes them along.
  CREATE TABLE embeddings (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    content TEXT NOT NULL,
    encoder TEXT NOT NULL,
    preprocessing TEXT NOT NULL,
    precision TEXT NOT NULL,
    views INTEGER NOT NULL,
    provider TEXT NOT NULL,
    companion TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    vectors BLOB NOT NULL,
    UNIQUE (content, encoder, preprocessing, precision)
  ) STRICT;
  CREATE INDEX embeddings_size ON embeddings (bytes);
  CREATE TRIGGER embeddings_unneeded AFTER DELETE ON records
    WHEN NOT EXISTS (SELECT 1 FROM records WHERE sha256 = old.sha256) BEGIN
      DELETE FROM embeddings WHERE content = old.sha256;
    END;
  `,
  `
  -- Calibrated probability of AI, as the text of the record says it: for ranges, and for orders by it.
  ALTER TABLE records ADD COLUMN probability REAL NOT NULL DEFAULT 0.5;
  UPDATE records SET probability = coalesce((
    SELECT CASE WHEN json_valid(body) THEN json_extract(body, '$.verdict.probability') END
    FROM bodies WHERE bodies.number = records.number
  ), 0.5);
  CREATE INDEX records_probability ON records (probability);
  -- A label is of a content: the newest one given holds for all records of it.
  UPDATE records SET label = (
    SELECT label FROM records AS same WHERE same.sha256 = records.sha256 AND same.label <> 'none' ORDER BY same.number DESC LIMIT 1
  ) WHERE sha256 IN (SELECT sha256 FROM records WHERE label <> 'none');
  `,
  `
  -- Who wants to be told of the ends of checks, see webhooks/. A key, not a hash: messages are signed with it.
  CREATE TABLE webhooks (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    client TEXT NOT NULL,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX webhooks_client ON webhooks (client);

  -- Messages that are to be delivered, were, or were given up. They go with their check.
  CREATE TABLE webhook_messages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    webhook INTEGER NOT NULL REFERENCES webhooks (number) ON DELETE CASCADE,
    job TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'given-up')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    ended_at INTEGER,
    failure TEXT
  ) STRICT;
  CREATE INDEX webhook_messages_due ON webhook_messages (webhook, due_at) WHERE state = 'waiting';
  CREATE INDEX webhook_messages_job ON webhook_messages (job);

  -- In the transaction that ends a check, whoever ends it: a message is neither lost nor told of what did not happen.
  CREATE TRIGGER webhook_message_added AFTER UPDATE OF state ON jobs
  WHEN new.state IN ('completed', 'failed', 'cancelled') AND old.state IN ('pending', 'processing')
  BEGIN
    INSERT INTO webhook_messages (id, webhook, job, state, due_at)
    SELECT 'msg_' || lower(hex(randomblob(16))), number, new.id, 'waiting', new.ended_at FROM webhooks WHERE client = new.client;
  END;
  CREATE TRIGGER webhook_messages_removed AFTER DELETE ON jobs BEGIN
    DELETE FROM webhook_messages WHERE job = old.id;
  END;
  `,
  `
  -- Where a verdict leans that does not decide, for the steps of the scale; earlier versions did not write it down.
  ALTER TABLE bodies ADD COLUMN leaning TEXT GENERATED ALWAYS AS (
    CASE WHEN json_valid(body) THEN coalesce(
      json_extract(body, '$.verdict.leaning'),
      CASE
        WHEN json_extract(body, '$.verdict.probability') >= 0.6 THEN 'ai'
        WHEN json_extract(body, '$.verdict.probability') <= 0.4 THEN 'authentic'
        ELSE 'none'
      END
    ) END
  ) VIRTUAL;
  CREATE INDEX bodies_leaning ON bodies (leaning);
  `,
  `
  -- Cases, and what a person wrote beside records: outside the hashed text, as the label. A record may be in several cases; its
  -- places in them, its tags and its note go with it, a case stays until a person deletes it.
  CREATE TABLE cases (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    note TEXT NOT NULL,
    tags TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE case_records (
    case_number INTEGER NOT NULL REFERENCES cases (number) ON DELETE CASCADE,
    number INTEGER NOT NULL REFERENCES records (number) ON DELETE CASCADE,
    PRIMARY KEY (case_number, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX case_records_of ON case_records (number);
  CREATE TABLE record_tags (
    number INTEGER NOT NULL REFERENCES records (number) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (number, tag)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX record_tags_tag ON record_tags (tag);
  CREATE TABLE record_notes (
    number INTEGER PRIMARY KEY REFERENCES records (number) ON DELETE CASCADE,
    note TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- Deletions that a person may still take back, see held-back.ts. Their records are there and shown nowhere: whatever reads records for
  -- somebody reads the view.
  CREATE TABLE deletions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    due_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE held (
    number INTEGER PRIMARY KEY REFERENCES records (number) ON DELETE CASCADE,
    deletion INTEGER NOT NULL REFERENCES deletions (number)
  ) STRICT;
  CREATE INDEX held_by ON held (deletion);
  CREATE VIEW shown AS SELECT * FROM records WHERE number NOT IN (SELECT number FROM held);
  `,
];

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}

/**
 * Brings the tables to this build's version in one transaction: where a step fails, the file is as it was.
 * @param backUp is called before a file changes that holds something; where it fails, nothing changes
 * @throws TouchstoneError `log-newer` when the file was written by a newer Touchstone
 */
export function migrate(
  database: DatabaseSync,
  backUp: (version: number) => void,
  steps: readonly string[] = MIGRATIONS,
): void {
  const done = versionOf(database);
  if (done > steps.length) {
    throw new TouchstoneError('log-newer', `The log has version ${done}; this Touchstone knows ${steps.length}.`);
  }
  if (done === steps.length) return;
  if (done > 0) backUp(done);
  transaction(database, () => {
    // Another process that started at the same moment may have done them while this one waited.
    for (const step of steps.slice(versionOf(database))) database.exec(step);
    database.exec(`PRAGMA user_version = ${steps.length}`);
  });
}
