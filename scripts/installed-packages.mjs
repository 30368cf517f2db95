import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.mjs';

/** Folders themselves, not the links to dependencies beside them. */
function foldersIn(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}

function manifestOf(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Every package that pnpm has put into its store of this clone.
 * @returns {{ folder: string, manifest: Record<string, any> }[]}
 */
export function installedPackages() {
  const store = join(root, 'node_modules', '.pnpm');
  const modules = foldersIn(store).map((entry) => join(store, entry, 'node_modules'));
  const folders = modules.flatMap((below) =>
    foldersIn(below).flatMap((name) =>
      name.startsWith('@') ? foldersIn(join(below, name)).map((inner) => join(below, name, inner)) : join(below, name),
    ),
  );
  return folders.flatMap((folder) => {
    const manifest = manifestOf(folder);
    return manifest?.name ? { folder, manifest } : [];
  });
}
