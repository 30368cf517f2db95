import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from './folder-trouble.ts';

/** Longest file of the data folder that is read whole, in bytes: a hundred browsers have 30 kB. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Makes a rename outlast a power cut. Windows opens no folders. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const opened = await open(folder, 'r');
  try {
    await opened.sync();
  } catch (error) {
    // Some file systems cannot; they then promise no less than before.
    if (!['EINVAL', 'ENOTSUP'].includes(systemCode(error) ?? '')) throw error;
  } finally {
    await opened.close();
  }
}

/**
 * Writes a file that only its owner may read (0600, whatever the umask), whole or not at all: a crash at any moment
 * leaves the old or the new content under `path`, never a mixture. A link under `path` is replaced, not followed.
 */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    // `wx` follows no link.
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.chmod(0o600);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Reads a small file that Touchstone wrote; no link is followed.
 * @param maxBytes longest that is read
 * @throws the system's error: `ENOENT` without a file, `ELOOP` for a link, `EISDIR`, `EFBIG`
 */
export async function readPrivateFile(path: string, maxBytes = MAX_BYTES): Promise<string> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const { size } = await file.stat();
    if (size > maxBytes) throw Object.assign(new Error(`${path} has ${size} bytes`), { code: 'EFBIG' });
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
