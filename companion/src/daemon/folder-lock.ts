import { closeSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { folderTrouble, systemCode } from '../settings/folder-trouble.ts';
import { refuseForeignFiles } from '../settings/foreign-files.ts';

const LOCK_FILE = 'companion.lock';

/** Names the holder for people; nothing is decided by it. */
const HOLDER_FILE = 'companion.pid';

/** SQLite's result codes (https://www.sqlite.org/rescode.html). */
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** Held until released, or until the process ends in whatever way: the operating system keeps no lock of the dead. */
export interface FolderLock {
  release(): void;
}

function resultCode(error: unknown): number | undefined {
  // Extended codes carry the plain one in their lowest byte.
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
}

/**
 * Makes the file, and opens it in no other case: closing a file gives up every POSIX lock that this process has on it.
 */
function makeFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

/** @returns undefined where another process, or another part of this one, holds it */
function lockFile(path: string): DatabaseSync | undefined {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    // Nothing is ever written: the file stays empty, so that a full disk holds up nobody.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    const code = resultCode(error);
    if (code === SQLITE_BUSY) return undefined;
    if (code !== SQLITE_NOTADB && code !== SQLITE_CORRUPT) throw error;
    // Whoever finds it damaged had the lock for a moment, so nobody else holds it.
    truncateSync(path);
    return lockFile(path);
  }
}

/**
 * Takes the data folder for this process alone: an operating system's lock, through SQLite, on a file in it. It works on
 * every platform without native code, and a crash leaves no stale lock.
 * @param home exists and is private
 * @returns undefined where another Touchstone holds it
 * @throws TouchstoneError `folder-unusable`
 */
export function lockFolder(home: string): FolderLock | undefined {
  const path = join(home, LOCK_FILE);
  try {
    refuseForeignFiles(home);
    makeFile(path);
    const database = lockFile(path);
    if (!database) return undefined;
    nameHolder(home);
    return {
      release() {
        if (!database.isOpen) return;
        rmSync(join(home, HOLDER_FILE), { force: true });
        database.close();
      },
    };
  } catch (error) {
    throw folderTrouble(path, error);
  }
}

function nameHolder(home: string): void {
  try {
    writeFileSync(join(home, HOLDER_FILE), `${process.pid}\n`, { mode: 0o600 });
  } catch {
    // A full disk: the lock holds without a name.
  }
}

/** @returns the process that holds the folder, or held it last, where it left its number */
export function holderOf(home: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(home, HOLDER_FILE), 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
