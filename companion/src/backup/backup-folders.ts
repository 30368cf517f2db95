import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../settings/folder-trouble.ts';
import { type BackupManifest, readManifest } from './manifest.ts';

/** Names that backups get: their number first, so that they lie in their order. */
const NAME = /^touchstone-\d{6,}-\d{8}T\d{6}Z$/;

/** An unfinished backup names the process that makes it. */
const PARTIAL = /^\.touchstone-partial-(\d+)-[0-9a-f]{8}$/;

const NUMBER_DIGITS = 6;

export interface FoundBackup {
  readonly folder: string;
  readonly manifest: BackupManifest;
}

/** @param at milliseconds since 1970 */
export function backupName(number: number, at: number): string {
  const time = new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  return `touchstone-${String(number).padStart(NUMBER_DIGITS, '0')}-${time}`;
}

export function partialName(pid: number, random: string): string {
  return `.touchstone-partial-${pid}-${random}`;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Whole backups in a folder, oldest first by their number; whatever else lies there is left out. */
export async function backupsIn(folder: string): Promise<FoundBackup[]> {
  const found: FoundBackup[] = [];
  for (const name of (await namesIn(folder)).filter((one) => NAME.test(one))) {
    const path = join(folder, name);
    const manifest = await readManifest(path).catch(() => undefined);
    if (manifest) found.push({ folder: path, manifest });
  }
  return found.toSorted((a, b) => a.manifest.number - b.manifest.number);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/**
 * Removes what a process left behind that died while it made a backup.
 * @param underWay names that this process is at
 */
export async function removePartials(folder: string, underWay: ReadonlySet<string>): Promise<void> {
  for (const name of await namesIn(folder)) {
    const pid = Number(PARTIAL.exec(name)?.[1]);
    if (Number.isNaN(pid) || underWay.has(name)) continue;
    // In a container every process has the same number: what is not this one's own work is a dead one's.
    if (pid === process.pid || !isAlive(pid)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/**
 * Removes the oldest whole backups, by their number, until `keep` are left; nothing else in the folder is touched.
 * @returns folders that went
 */
export async function rotate(folder: string, keep: number): Promise<string[]> {
  const gone = (await backupsIn(folder)).slice(0, -keep).map((found) => found.folder);
  for (const one of gone) await rm(one, { recursive: true, force: true });
  return gone;
}
