import { chmodSync, closeSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate } from './migrations.ts';

/** SQLite's words for a file that is not, or no longer, a database. */
const DAMAGED = /file is not a database|malformed|disk image/i;

/** How long a statement waits for another process (a backup, an inspector) to let go, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

function prepareFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // SQLite gives -wal and -shm the permissions of the main file, so this one call covers all three.
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

function open(path: string): DatabaseSync {
  prepareFile(path);
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    // WAL with NORMAL survives the death of the process at any moment; only a power cut can take the last records.
    database.exec(`
      PRAGMA auto_vacuum = INCREMENTAL;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA foreign_keys = ON;
      PRAGMA secure_delete = ON;
      PRAGMA cache_size = -16000;
      PRAGMA journal_size_limit = 67108864;
    `);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens (and creates) the log's database: folder 0700, file 0600, WAL, newest tables.
 * A damaged file is set aside under a new name and a fresh one is begun.
 * @param onDamaged is told where the damaged file went
 * @throws TouchstoneError `log-failed` when the file belongs to a newer Touchstone
 */
export function openDatabase(path: string, onDamaged: (movedTo: string) => void): DatabaseSync {
  try {
    return open(path);
  } catch (error) {
    if (!(error instanceof Error && DAMAGED.test(error.message))) throw error;
    const movedTo = `${path}.damaged-${Date.now()}`;
    renameSync(path, movedTo);
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
    onDamaged(movedTo);
    return open(path);
  }
}
