import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDiskFull, TouchstoneError } from '@touchstone/shared';
import { MIGRATIONS } from '../log/migrations.ts';
import { asLogError } from '../log/sqlite-errors.ts';
import { folderTrouble } from '../settings/folder-trouble.ts';
import { ACCESS_FILES, HISTORY_FILE } from './backup-contents.ts';
import { copyFile } from './copy-file.ts';
import { asideName, beginRestore, finishRestore, STAGING_FOLDER } from './finish-restore.ts';
import { type BackupManifest, readManifest } from './manifest.ts';

export interface RestoreOptions {
  /** Data folder, locked by this process: nobody works in it. */
  readonly home: string;
  /** One backup: the folder with its manifest. */
  readonly from: string;
  /** Whether the backup's paired browsers and tokens come in too; else those of the data folder stay. */
  readonly withAccess?: boolean | undefined;
  /** Until everything is staged; what has begun to move is brought to its end. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface Restored {
  readonly manifest: BackupManifest;
  /** Where lies what was in the data folder before. */
  readonly aside: string;
}

function damaged(from: string, why: string): TouchstoneError {
  return new TouchstoneError('backup-damaged', `${from}: ${why}`);
}

function checkHistory(from: string, path: string): void {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const said = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
    if (said !== 'ok') throw damaged(from, `${HISTORY_FILE}: ${String(said).slice(0, 200)}`);
  } catch (error) {
    throw asLogError(error);
  } finally {
    database.close();
  }
}

/** Copies every file that the manifest names, and nothing else, each held against its hash; who may come in stays, unless asked otherwise. */
async function stage(
  { home, from, signal, withAccess = false }: RestoreOptions,
  staged: string,
  manifest: BackupManifest,
): Promise<void> {
  for (const { path, bytes, sha256 } of manifest.files) {
    if (!withAccess && ACCESS_FILES.includes(path)) continue;
    const copied = await copyFile({ from, to: staged, path, signal });
    if (!copied) throw damaged(from, `${path} is missing`);
    if (copied.bytes !== bytes || copied.sha256 !== sha256) throw damaged(from, `${path} is not what was backed up`);
  }
  if (!withAccess) for (const path of ACCESS_FILES) await copyFile({ from: home, to: staged, path, signal });
  const history = join(staged, HISTORY_FILE);
  if (existsSync(history)) checkHistory(from, history);
}

/**
 * Puts a backup in the place of what the data folder holds, which is kept aside in it. Nothing there is touched until every file of
 * the backup has been copied and held against its hash; from then on a crash only delays the end until the next start.
 * @throws TouchstoneError `backup-damaged`, `log-newer`, `disk-full`, `folder-unusable`, `cancelled`; then nothing has changed
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { home, from, now = Date.now } = options;
  const manifest = await readManifest(from);
  if (manifest.tables > MIGRATIONS.length) {
    throw new TouchstoneError(
      'log-newer',
      `The backup was made by Touchstone ${manifest.touchstone}; its history has version ${manifest.tables}, this one knows ${MIGRATIONS.length}.`,
    );
  }
  const staged = join(home, STAGING_FOLDER);
  try {
    await finishRestore(home);
    await rm(staged, { recursive: true, force: true });
    await mkdir(staged, { mode: 0o700 });
    await stage(options, staged, manifest);
  } catch (error) {
    await rm(staged, { recursive: true, force: true }).catch(() => undefined);
    if (error instanceof TouchstoneError) throw error;
    if (isDiskFull(error)) throw new TouchstoneError('disk-full', `${home}: ${String(error)}`, { cause: error });
    throw folderTrouble(home, error);
  }
  await beginRestore(home, asideName(home, now()));
  const aside = await finishRestore(home);
  if (aside === undefined) throw new TouchstoneError('internal', 'the restore that has begun was not found');
  return { manifest, aside };
}
