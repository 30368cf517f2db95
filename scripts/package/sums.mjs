import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * Writes `SHA256SUMS` as `sha256sum --check` reads it.
 * @param {string} folder where the files lie, and it with them
 * @param {readonly string[]} files
 * @returns {string} its path
 */
export function writeSums(folder, files) {
  const lines = files.map(
    (file) => `${createHash('sha256').update(readFileSync(file)).digest('hex')}  ${basename(file)}\n`,
  );
  const path = join(folder, 'SHA256SUMS');
  writeFileSync(path, lines.join(''));
  return path;
}
