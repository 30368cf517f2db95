import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../settings/folder-trouble.ts';

/** Folders within folders that are looked into; packs have two. */
const DEPTH = 8;

/**
 * Plain files below a folder, as paths with forward slashes that begin with its name; none where there is no such folder. Links are not
 * followed, but the folder itself may be one: packs and trust lists are a person's to link.
 */
export async function* filesBelow(root: string, path: string, depth = DEPTH): AsyncGenerator<string> {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isFile()) yield `${path}/${entry.name}`;
    else if (entry.isDirectory() && depth > 0) yield* filesBelow(root, `${path}/${entry.name}`, depth - 1);
  }
}
