import { randomBytes } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { chmod, mkdtemp, realpath, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { TouchstoneError } from '@touchstone/shared';
import { folderTrouble } from '../settings/folder-trouble.ts';
import { isMine } from '../settings/foreign-files.ts';

/** Longest path of a socket, in bytes: `sun_path` has 104 on macOS and 108 on Linux, with a zero at the end. */
const MAX_PATH_BYTES = 100;

const SOCKET_NAME = 'companion.sock';

/** Folders made for a socket whose path would be too long in the data folder. */
const SHORT_FOLDER = 'touchstone-';
const SHORT_FOLDER_NAME = /^touchstone-[A-Za-z0-9]{6}$/;

const OTHERS = 0o077;

function fits(path: string): boolean {
  return Buffer.byteLength(path) <= MAX_PATH_BYTES;
}

async function inShortFolder(): Promise<string> {
  const bases = [process.env.XDG_RUNTIME_DIR, tmpdir(), '/tmp'];
  for (const base of bases) {
    if (!base || !isAbsolute(base) || !fits(join(base, `${SHORT_FOLDER}XXXXXX`, SOCKET_NAME))) continue;
    // A new name each time, made for its owner alone: nobody can have put anything there before.
    const folder = await mkdtemp(join(base, SHORT_FOLDER)).catch(() => undefined);
    if (folder === undefined) continue;
    await chmod(folder, 0o700);
    return join(await realpath(folder), SOCKET_NAME);
  }
  throw new TouchstoneError('folder-unusable', `${tmpdir()}: no folder for a socket can be made there`);
}

/**
 * Where the companion serves the command line: a Unix domain socket in its data folder; in a short private folder where
 * that path would be too long; a named pipe with an unguessable name on Windows. What a killed companion left is removed.
 * @param home data folder, held by this process
 * @throws TouchstoneError `folder-unusable`
 */
export async function controlSocketPath(home: string): Promise<string> {
  if (process.platform === 'win32') return `\\\\.\\pipe\\touchstone-${randomBytes(16).toString('hex')}`;
  const path = join(await realpath(home), SOCKET_NAME);
  if (!fits(path)) return inShortFolder();
  await rm(path, { force: true }).catch((error: unknown) => {
    throw folderTrouble(path, error);
  });
  return path;
}

/** Removes a socket, and the folder that was made for it alone. */
export async function removeControlSocket(path: string): Promise<void> {
  if (process.platform === 'win32' || basename(path) !== SOCKET_NAME) return;
  await rm(path, { force: true }).catch(() => {});
  const folder = dirname(path);
  // Empty, or it stays.
  if (SHORT_FOLDER_NAME.test(basename(folder))) await rmdir(folder).catch(() => {});
}

/**
 * Whether a socket can only be this user's own: it lies in a folder that nobody else may enter. Pipes of Windows have to
 * prove themselves by other means.
 */
export function isPrivateSocket(path: string): boolean {
  if (process.platform === 'win32') return path.startsWith('\\\\.\\pipe\\');
  try {
    const folder = lstatSync(dirname(path));
    const socket = lstatSync(path);
    if (!folder.isDirectory() || !isMine(folder) || (folder.mode & OTHERS) !== 0) return false;
    return socket.isSocket() && isMine(socket);
  } catch {
    return false;
  }
}
