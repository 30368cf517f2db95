import { closeSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { backup, DatabaseSync } from 'node:sqlite';
import { TouchstoneError, throwIfCancelled } from '@touchstone/shared';
import { hashColumn, hexOf } from '../log/hash-chain.ts';
import { MIGRATIONS } from '../log/migrations.ts';
import { asLogError } from '../log/sqlite-errors.ts';
import type { BackupManifest } from './manifest.ts';

/** Pages copied in one step (4 kB each); between steps an abort is seen. */
const PAGES_PER_STEP = 512;

/** How long a statement waits for a companion that writes, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

export type HistoryFacts = Pick<BackupManifest, 'tables' | 'records' | 'head' | 'waiting'>;

const NEEDED = `SELECT content FROM contents
  UNION SELECT content FROM jobs WHERE state IN ('pending', 'processing')`;

/** @returns hashes of the contents that records and accepted checks of a log need */
export function contentsNeeded(path: string): string[] {
  const database = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  try {
    return database
      .prepare(NEEDED)
      .all()
      .map(({ content }) => String(content));
  } catch (error) {
    throw asLogError(error);
  } finally {
    database.close();
  }
}

function factsOf(database: DatabaseSync): HistoryFacts {
  const number = (sql: string): number => Number(Object.values(database.prepare(sql).get() ?? {})[0] ?? 0);
  const last = database.prepare('SELECT hash FROM chain WHERE link > 0 ORDER BY link DESC LIMIT 1').get();
  return {
    tables: number('PRAGMA user_version'),
    records: number('SELECT count(*) FROM records'),
    head: last ? hexOf(hashColumn(last.hash)) : null,
    waiting: number("SELECT count(*) FROM jobs WHERE state IN ('pending', 'processing')"),
  };
}

/** Takes what was deleted meanwhile out of the write-ahead log, which could not be cut while the copy was read from it. */
function tidy(path: string): void {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}

async function copyPages(from: string, to: string, signal: AbortSignal): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  try {
    const version = Number(source.prepare('PRAGMA user_version').get()?.user_version);
    if (version > MIGRATIONS.length) throw new TouchstoneError('log-newer', `version ${version}`);
    // One reading for the whole copy: without it, each write of the companion would make the copy begin anew.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await backup(source, to, { rate: PAGES_PER_STEP, progress: () => throwIfCancelled(signal) });
    source.exec('COMMIT');
  } finally {
    source.close();
  }
}

/**
 * Copies a log while others write to it, as it stood at one moment: whole, synced, for its owner alone (0600).
 * @throws TouchstoneError of the log; `cancelled`
 */
export async function copyHistory(from: string, to: string, signal: AbortSignal): Promise<HistoryFacts> {
  // Takes an empty file, which has its permissions already; `wx` follows no link.
  closeSync(openSync(to, 'wx', 0o600));
  try {
    await copyPages(from, to, signal);
    tidy(from);
    const copy = new DatabaseSync(to);
    let facts: HistoryFacts;
    try {
      // One file that stands alone: it can be read from a disk that nobody may write to.
      copy.exec('PRAGMA journal_mode = DELETE');
      facts = factsOf(copy);
    } finally {
      copy.close();
    }
    const written = await open(to, 'r+');
    await written.sync().finally(() => written.close());
    return facts;
  } catch (error) {
    throw asLogError(error);
  }
}
