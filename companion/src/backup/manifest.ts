import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FiniteNumber, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { systemCode } from '../settings/folder-trouble.ts';
import { CONTENT_FOLDER, HISTORY_FILE, KEPT_FILES, KEPT_FOLDERS } from './backup-contents.ts';

export const MANIFEST_FILE = 'manifest.json';

/** Of this description; a number that this Touchstone does not know is refused. */
export const BACKUP_FORMAT = 1;

const count = v.pipe(FiniteNumber, v.integer(), v.minValue(0));

/** A part of a path that stays inside its folder on every system. */
const PART = /^(?!\.\.?$)[^/\\:\0]+$/;

const ALONE: readonly string[] = [...KEPT_FILES, HISTORY_FILE];
const FOLDERS: readonly string[] = [...KEPT_FOLDERS, CONTENT_FOLDER];

/** Whether a path leads to what a backup may hold: nothing of a running companion, nothing outside. */
function isKept(path: string): boolean {
  const [first = '', ...below] = path.split('/');
  if (!path.split('/').every((part) => PART.test(part))) return false;
  return below.length === 0 ? ALONE.includes(first) : FOLDERS.includes(first);
}

/** A file of a backup, by its path with forward slashes. */
const BackupFile = v.object({
  path: v.pipe(v.string(), v.maxLength(1024), v.check(isKept, 'it names a file that no backup holds')),
  bytes: count,
  /** Lower-case hex. */
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});
export type BackupFile = v.InferOutput<typeof BackupFile>;

/** Written last: a folder without it is no backup. */
export const BackupManifest = v.object({
  format: v.literal(BACKUP_FORMAT),
  /** Grows by one with each backup of a folder: rotation goes by it, never by a clock. */
  number: v.pipe(count, v.minValue(1)),
  /** Milliseconds since 1970. */
  at: FiniteNumber,
  /** Version that made it. */
  touchstone: v.string(),
  /** Of the log's tables. */
  tables: count,
  records: count,
  /** Hash of the last link of the chain, lower-case hex; null where nothing was recorded. */
  head: v.nullable(v.string()),
  /** Accepted checks that had not ended. */
  waiting: count,
  /** Contents that went, or were found damaged, while the backup was made; their records are whole. */
  missing: count,
  files: v.array(BackupFile),
});
export type BackupManifest = v.InferOutput<typeof BackupManifest>;

/**
 * Reads what a backup says of itself.
 * @throws TouchstoneError `backup-damaged` for a folder that is no whole backup
 */
export async function readManifest(folder: string): Promise<BackupManifest> {
  try {
    return v.parse(BackupManifest, JSON.parse(await readFile(join(folder, MANIFEST_FILE), 'utf8')));
  } catch (cause) {
    const why =
      systemCode(cause) === 'ENOENT'
        ? 'there is no manifest.json, so it is no backup or an unfinished one'
        : cause instanceof v.ValiError
          ? `manifest.json: ${cause.issues[0]?.message}`
          : String(cause);
    throw new TouchstoneError('backup-damaged', `${folder}: ${why}`, { cause });
  }
}
