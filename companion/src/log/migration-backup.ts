import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

/** Beside the history; settings/foreign-files.ts keeps links and strangers out of it. */
const FOLDER = 'backups';

const NAME = /^history-version-\d+\.sqlite$/;

/**
 * Copies a history before its tables change: whole, synced, for its owner alone. Copying it back and starting the Touchstone
 * that wrote it undoes the change.
 * @param path of the history's file
 * @param version of its tables
 * @returns path of the copy
 */
export function backUpBeforeMigration(database: DatabaseSync, path: string, version: number): string {
  const folder = join(dirname(path), FOLDER);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const backup = join(folder, `history-version-${version}.sqlite`);
  const temporary = `${backup}.tmp`;
  rmSync(temporary, { force: true });
  try {
    // Takes an empty file, which has its permissions already; `wx` follows no link.
    closeSync(openSync(temporary, 'wx', 0o600));
    database.prepare('VACUUM INTO ?').run(temporary);
    const written = openSync(temporary, 'r+');
    fsyncSync(written);
    closeSync(written);
    renameSync(temporary, backup);
    return backup;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Removes the copies: whoever deletes a record deletes it there too. */
export function removeMigrationBackups(path: string): void {
  const folder = join(dirname(path), FOLDER);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names.filter((one) => NAME.test(one))) rmSync(join(folder, name), { force: true });
}
