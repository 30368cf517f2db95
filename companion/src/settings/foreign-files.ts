import { lstatSync, type Stats, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { TouchstoneError } from '@touchstone/shared';
import { systemCode } from './folder-trouble.ts';

/** Files that Touchstone writes in its data folder; none of them may lead elsewhere. */
const OWN_FILES = [
  'control.json',
  'settings.json',
  'browsers.json',
  'tokens.json',
  'restore.json',
  'history.sqlite',
  'history.sqlite-wal',
  'history.sqlite-shm',
  'companion.lock',
  'companion.pid',
] as const;

/** Folders that Touchstone empties or writes in by itself. Those with packs and trust lists are a person's to link. */
const OWN_FOLDERS = ['logs', 'spool', 'redirects', 'content', 'backups', 'restoring'] as const;

const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;

function unusable(path: string, reason: string): TouchstoneError {
  return new TouchstoneError('folder-unusable', `${path}: ${reason}`);
}

/** On Windows the profile's access lists keep others out, and there are no numbers of users. */
export function isMine({ uid }: Stats): boolean {
  return process.getuid === undefined || uid === process.getuid();
}

function isOfSystem({ uid }: Stats): boolean {
  return uid === 0;
}

function factsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Refuses a data folder that somebody else holds, reached by somebody else's link, or that lies where every user could
 * put another one in its place.
 * @throws TouchstoneError `folder-unusable`
 */
export function refuseForeignFolder(folder: string): void {
  const named = lstatSync(folder);
  if (named.isSymbolicLink() && !isMine(named) && !isOfSystem(named)) {
    throw unusable(folder, 'it is a link that another user made; remove it, or name another folder');
  }
  if (!isMine(statSync(folder))) throw unusable(folder, 'it belongs to another user; name a folder of your own');
  if (process.getuid === undefined) return;
  for (let above = dirname(resolve(folder)); ; above = dirname(above)) {
    const { mode } = statSync(above);
    if ((mode & OTHERS_WRITE) !== 0 && (mode & STICKY) === 0) {
      throw unusable(above, 'every user of this computer can exchange what lies in it; take that permission away');
    }
    if (above === dirname(above)) return;
  }
}

/**
 * Refuses links, and files of other users, under the names that Touchstone writes: planted while the folder lay open,
 * they would make it write, empty or hand over something else.
 * @throws TouchstoneError `folder-unusable` that names the file
 */
export function refuseForeignFiles(folder: string): void {
  for (const [names, isRight, kind] of [
    [OWN_FILES, (facts: Stats) => facts.isFile(), 'file'],
    [OWN_FOLDERS, (facts: Stats) => facts.isDirectory(), 'folder'],
  ] as const) {
    for (const name of names) {
      const path = join(folder, name);
      const facts = factsOf(path);
      if (!facts) continue;
      if (!isRight(facts)) throw unusable(path, `it is no ordinary ${kind}; move it away`);
      if (!isMine(facts)) throw unusable(path, 'it belongs to another user; move it away');
    }
  }
}
