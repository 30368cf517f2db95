import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { TouchstoneError } from '@touchstone/shared';
import { systemCode } from '../../settings/folder-trouble.ts';

/** Names of contents: lower-case hex SHA-256. */
const HASH = /^[0-9a-f]{64}$/;

/** A file that is opened to be read: no link is followed, and a pipe does not hold up anybody. */
const READ_PLAIN = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export function isContentHash(name: string): boolean {
  return HASH.test(name);
}

/** Folder and file of a content: 256 folders, so that none of them grows large. */
export function placeOf(root: string, sha256: string): { readonly folder: string; readonly path: string } {
  if (!isContentHash(sha256)) throw new TypeError('not a hash of content');
  const folder = join(root, sha256.slice(0, 2));
  return { folder, path: join(folder, sha256) };
}

/**
 * Makes a folder that only its owner may enter.
 * @returns whether it was not there before
 * @throws TouchstoneError `folder-unusable` where something else, or a link, has its name
 */
export async function makePrivateFolder(folder: string): Promise<boolean> {
  const isNew = await mkdir(folder, { mode: 0o700 }).then(
    () => true,
    (error: unknown) => {
      if (systemCode(error) !== 'EEXIST') throw error;
      return false;
    },
  );
  if (!(await lstat(folder)).isDirectory()) {
    throw new TouchstoneError('folder-unusable', `${folder}: it is no ordinary folder; move it away`);
  }
  await chmod(folder, 0o700);
  return isNew;
}

/** Opens a plain file. @returns undefined where there is none, or only a link or something else */
export async function openPlain(path: string) {
  try {
    const file = await open(path, READ_PLAIN);
    if ((await file.stat()).isFile()) return file;
    await file.close();
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENOTDIR' || code === 'ENXIO') return undefined;
    throw error;
  }
}
