import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** Folders that hold what tools make, never sources. */
const GENERATED = new Set(['node_modules', 'dist', '.output', '.wxt', '.cache', 'coverage']);

function* filesBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.isDirectory()) {
      if (!GENERATED.has(entry.name)) yield* filesBelow(join(folder, entry.name));
    } else if (entry.isFile()) yield join(folder, entry.name);
  }
}

/**
 * Hash of the contents of files and whole folders; missing ones count as missing. Contents and not times, because a
 * fresh checkout changes every time stamp.
 * @param {string} root names in the hash are relative to it
 * @param {readonly string[]} paths files or folders below root
 * @returns {string} sha256 in hex
 */
export function inputHash(root, paths) {
  const hash = createHash('sha256');
  const add = (file) => {
    const bytes = readFileSync(file);
    hash.update(`${relative(root, file).split(sep).join('/')}\0${bytes.length}\0`).update(bytes);
  };
  for (const path of paths) {
    const absolute = join(root, path);
    if (!existsSync(absolute)) hash.update(`${path}\0missing\0`);
    else if (statSync(absolute).isFile()) add(absolute);
    else for (const file of filesBelow(absolute)) add(file);
  }
  return hash.digest('hex');
}

/** @returns {boolean} whether the kept hash is this one */
export function isUnchanged(file, hash) {
  try {
    return readFileSync(file, 'utf8').trim() === hash;
  } catch {
    return false;
  }
}

export function keepHash(file, hash) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${hash}\n`);
}
