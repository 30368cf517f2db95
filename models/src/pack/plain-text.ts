import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { TouchstoneError } from '@touchstone/shared';

/** Reads a short text file, as `readPlainBytes`. @throws TouchstoneError `pack-invalid` */
export const readPlainText = async (path: string, maxBytes: number): Promise<string> =>
  (await readPlainBytes(path, maxBytes)).toString('utf8');

/**
 * Reads a short file: a plain one, so that no pipe or device keeps the reader waiting, and no more than is allowed,
 * even when it grows meanwhile.
 * @throws TouchstoneError `pack-invalid`
 */
export async function readPlainBytes(path: string, maxBytes: number): Promise<Buffer> {
  const name = basename(path);
  const found = await stat(path).catch((cause: unknown) => {
    throw new TouchstoneError('pack-invalid', `${path} cannot be read`, { cause });
  });
  if (!found.isFile()) throw new TouchstoneError('pack-invalid', `${name} is not a plain file`);
  if (found.size > maxBytes) throw new TouchstoneError('pack-invalid', `${name} is too long`);
  const file = await open(path).catch((cause: unknown) => {
    throw new TouchstoneError('pack-invalid', `${path} cannot be read`, { cause });
  });
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
