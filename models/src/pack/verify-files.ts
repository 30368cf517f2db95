import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { TouchstoneError } from '@touchstone/shared';
import type { Pack } from './pack-folder.ts';
import { filesOf } from './pack-schema.ts';

/**
 * Looks at one file of a pack without reading it. A link could lead out of the pack, a pipe or a device never ends.
 * @throws TouchstoneError `pack-invalid`
 */
export async function checkPackFile(path: string, { file, bytes }: { file: string; bytes: number }): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) throw new TouchstoneError('pack-invalid', `${file} is missing`);
  if (!found.isFile()) throw new TouchstoneError('pack-invalid', `${file} is not a plain file`);
  if (found.size !== bytes) {
    throw new TouchstoneError('pack-invalid', `${file} has ${found.size} bytes instead of ${bytes}`);
  }
}

/**
 * Checks size and SHA-256 of every file the pack names, in bounded memory.
 * @throws TouchstoneError `pack-invalid` naming the file that differs
 */
export async function verifyPackFiles({ folder, manifest, head }: Pack): Promise<void> {
  for (const expected of head ? [head.file] : filesOf(manifest)) {
    const path = join(folder, expected.file);
    await checkPackFile(path, expected);
    const hash = createHash('sha256');
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
    if (hash.digest('hex') !== expected.sha256) {
      throw new TouchstoneError('pack-invalid', `${expected.file} does not have the sha256 of pack.json`);
    }
  }
}
