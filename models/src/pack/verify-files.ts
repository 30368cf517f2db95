import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { TouchstoneError } from '@touchstone/shared';
import type { Pack } from './pack-folder.ts';

/**
 * Checks size and SHA-256 of every file the pack names, in bounded memory.
 * @throws TouchstoneError `pack-invalid` naming the file that differs
 */
export async function verifyPackFiles({ folder, manifest }: Pack): Promise<void> {
  for (const expected of [manifest.model, ...manifest.model.companions]) {
    const path = join(folder, expected.file);
    const size = await stat(path).then(
      (found) => found.size,
      () => undefined,
    );
    if (size === undefined) throw new TouchstoneError('pack-invalid', `${expected.file} is missing`);
    if (size !== expected.bytes) {
      throw new TouchstoneError('pack-invalid', `${expected.file} has ${size} bytes instead of ${expected.bytes}`);
    }
    const hash = createHash('sha256');
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
    if (hash.digest('hex') !== expected.sha256) {
      throw new TouchstoneError('pack-invalid', `${expected.file} does not have the sha256 of pack.json`);
    }
  }
}
