import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { isDiskFull, TouchstoneError } from '@touchstone/shared';
import { COMPANION_VERSION } from '../records/companion-version.ts';
import { folderTrouble } from '../settings/folder-trouble.ts';
import { syncFolder, writePrivateFile } from '../settings/private-file.ts';
import { CONTENT_FOLDER, HISTORY_FILE, KEPT_FILES, KEPT_FOLDERS } from './backup-contents.ts';
import { backupName, backupsIn, type FoundBackup, partialName, removePartials } from './backup-folders.ts';
import { copyFile, fileFacts } from './copy-file.ts';
import { contentsNeeded, copyHistory, type HistoryFacts } from './copy-history.ts';
import { BACKUP_FORMAT, type BackupFile, type BackupManifest, MANIFEST_FILE } from './manifest.ts';
import { filesBelow } from './walk-files.ts';

export interface BackUpOptions {
  /** Data folder; a companion may be at work in it. */
  readonly home: string;
  /** Folder that backups lie in, each in one of its own; made (0700) when missing. */
  readonly into: string;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const NOTHING_RECORDED: HistoryFacts = { tables: 0, records: 0, head: null, waiting: 0 };

/** Unfinished backups of this process. */
const underWay = new Set<string>();

/** @returns the error that a person is told */
function backupError(into: string, cause: unknown): TouchstoneError {
  if (cause instanceof TouchstoneError) {
    if (cause.code !== 'folder-unusable') return cause;
    return new TouchstoneError('backup-failed', cause.detail, { cause });
  }
  if (isDiskFull(cause)) return new TouchstoneError('disk-full', `${into}: ${String(cause)}`, { cause });
  return new TouchstoneError('backup-failed', folderTrouble(into, cause).detail, { cause });
}

const contentPath = (sha256: string): string => `${CONTENT_FOLDER}/${sha256.slice(0, 2)}/${sha256}`;

/** Copies one data folder. */
function createCopy(home: string, to: string, earlier: FoundBackup | undefined, signal: AbortSignal) {
  const files = new Map<string, BackupFile>();
  const known = earlier && {
    folder: earlier.folder,
    files: new Map(earlier.manifest.files.map((file) => [file.path, file])),
  };

  async function copy(path: string): Promise<boolean> {
    const file = await copyFile({ from: home, to, path, earlier: known, signal });
    if (file) files.set(path, file);
    return file !== undefined;
  }

  /** What is not what its name says is not kept. @returns whether it was copied */
  async function copyContent(sha256: string): Promise<boolean> {
    const path = contentPath(sha256);
    if (files.has(path)) return true;
    if (!(await copy(path))) return false;
    if (files.get(path)?.sha256 === sha256) return true;
    await drop(path);
    return false;
  }

  async function drop(path: string): Promise<void> {
    files.delete(path);
    await rm(join(to, path), { force: true });
  }

  return {
    files,
    async plainFiles() {
      for (const name of KEPT_FILES) await copy(name);
      for (const folder of KEPT_FOLDERS) for await (const path of filesBelow(home, folder)) await copy(path);
    },
    /** @returns facts of the log as it was copied, and how many contents it needs that were gone */
    async history(): Promise<HistoryFacts & Pick<BackupManifest, 'missing'>> {
      const source = join(home, HISTORY_FILE);
      if (!existsSync(source)) return { ...NOTHING_RECORDED, missing: 0 };
      // Before the log: what an accepted check needs goes with its end, which may come any moment.
      for (const sha256 of contentsNeeded(source)) await copyContent(sha256);
      const target = join(to, HISTORY_FILE);
      const facts = await copyHistory(source, target, signal);
      const written = await fileFacts(target, signal);
      if (!written) throw new TouchstoneError('backup-failed', `${target} is gone`);
      files.set(HISTORY_FILE, { path: HISTORY_FILE, ...written });
      const needed = new Set(contentsNeeded(target));
      let missing = 0;
      for (const sha256 of needed) if (!(await copyContent(sha256))) missing += 1;
      for (const path of [...files.keys()]) {
        const [folder, , sha256 = ''] = path.split('/');
        if (folder === CONTENT_FOLDER && !needed.has(sha256)) await drop(path);
      }
      return { ...facts, missing };
    },
  };
}

async function write(options: BackUpOptions, partial: string, earlier: FoundBackup | undefined): Promise<FoundBackup> {
  const { home, into, signal, now = Date.now } = options;
  const copy = createCopy(home, partial, earlier, signal);
  await copy.plainFiles();
  const facts = await copy.history();
  const manifest: BackupManifest = {
    format: BACKUP_FORMAT,
    number: (earlier?.manifest.number ?? 0) + 1,
    at: now(),
    touchstone: COMPANION_VERSION,
    ...facts,
    files: [...copy.files.values()],
  };
  await writePrivateFile(join(partial, MANIFEST_FILE), `${JSON.stringify(manifest, null, 1)}\n`);
  const folder = join(into, backupName(manifest.number, manifest.at));
  await rename(partial, folder);
  await syncFolder(into);
  return { folder, manifest };
}

/**
 * Copies a data folder, also while a companion works in it: the log as it stood at one moment with everything that it needs,
 * settings, pairings, tokens, own packs and trust lists. Files that an earlier backup in the same folder has are linked. There is
 * a whole backup at the end or none.
 * @throws TouchstoneError `backup-failed`, `disk-full`, `cancelled`, those of the log
 */
export async function backUp(options: BackUpOptions): Promise<FoundBackup> {
  const { home, into } = options;
  const inside = relative(resolve(home), resolve(into));
  if (inside === '' || !(inside.startsWith('..') || resolve(inside) === inside)) {
    throw new TouchstoneError('backup-failed', `${into} lies in the data folder, and would be lost with it`);
  }
  const name = partialName(process.pid, randomBytes(4).toString('hex'));
  const partial = join(into, name);
  underWay.add(name);
  try {
    await mkdir(into, { recursive: true, mode: 0o700 });
    await removePartials(into, underWay);
    await mkdir(partial, { mode: 0o700 });
    return await write(options, partial, (await backupsIn(into)).at(-1));
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined);
    throw backupError(into, error);
  } finally {
    underWay.delete(name);
  }
}
