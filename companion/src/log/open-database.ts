import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDiskFull, TouchstoneError } from '@touchstone/shared';
import { backUpBeforeMigration } from './migration-backup.ts';
import { migrate } from './migrations.ts';
import { type Salvage, salvage } from './salvage-apart.ts';
import { asLogError, isDamage } from './sqlite-errors.ts';

/** How long a statement waits for another process (a backup, an inspector) to let go, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

function prepareFile(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // SQLite gives -wal and -shm the permissions of the main file, so this one call covers all three.
    closeSync(openSync(path, 'a', 0o600));
    chmodSync(path, 0o600);
  } catch (cause) {
    throw new TouchstoneError(isDiskFull(cause) ? 'disk-full' : 'log-read-only', String(cause), { cause });
  }
}

/** Opens a sound database, with today's tables. @throws SQLite's own error */
export function open(path: string): DatabaseSync {
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
    migrate(database, (version) => backUpBeforeMigration(database, path, version));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens a second connection to a log that is open: what it commits is on the disk, and so is everything committed before. Slow
 * (one sync of the disk a transaction), so only for what must outlast a power cut from the moment it is answered.
 */
export function openDurable(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  // macOS keeps a synced write in the drive's cache unless it is asked twice.
  database.exec(
    'PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;',
  );
  return database;
}

/**
 * Opens (and creates) the log's database: folder 0700, file 0600, WAL, newest tables.
 * A damaged file is set aside under a new name and what can be read of it is saved into a fresh one.
 * @param onDamaged is told where the damaged file went and what was saved
 * @throws TouchstoneError `log-newer`, `log-locked`, `log-read-only`, `disk-full` or `log-failed`
 */
export function openDatabase(path: string, onDamaged: (outcome: Salvage) => void): DatabaseSync {
  try {
    return open(path);
  } catch (error) {
    if (!isDamage(error)) throw asLogError(error);
    return repairDatabase(path, String(error), onDamaged);
  }
}

/**
 * Sets a damaged database aside and opens a fresh one with everything that can still be read.
 * @param cause in SQLite's words
 */
export function repairDatabase(path: string, cause: string, onDamaged: (outcome: Salvage) => void): DatabaseSync {
  try {
    onDamaged(salvage(path, cause, open));
    return open(path);
  } catch (error) {
    throw asLogError(error);
  }
}
