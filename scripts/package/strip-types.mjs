import { stripTypeScriptTypes } from 'node:module';
import { posix } from 'node:path';
import { packagedText } from './packaged-text.mjs';

/** Every way in which a file names another of ours; the linter keeps the quotes single. */
const NAMES_FILE = /(\bfrom |\bimport\(|\bnew URL\(|^import )'(\.{1,2}\/[^']+)\.ts'/gm;
/** Packages of the workspace, which have no folder of that name in a package. */
const NAMES_WORKSPACE = /(\bfrom |\bimport\(|^import )'(@touchstone\/(?:shared|models)(?:\/[^']*)?)'/gm;

/**
 * JavaScript of one source file, line by line where it was: Node refuses to strip types below `node_modules`, and `npx` puts us there.
 * @param {string} source its TypeScript
 * @param {string} path of the file in the clone, with slashes
 * @param {ReadonlyMap<string, string>} workspace what a workspace name leads to (workspaceNames)
 */
export function asJavaScript(source, path, workspace) {
  const code = stripTypeScriptTypes(source, { mode: 'strip' })
    .replace(NAMES_FILE, "$1'$2.js'")
    .replace(NAMES_WORKSPACE, (_, before, name) => {
      const target = workspace.get(name);
      if (!target) throw new Error(`${path} imports ${name}, which no package.json exports`);
      const to = posix.relative(posix.dirname(path), target);
      return `${before}'${to.startsWith('.') ? to : `./${to}`}'`;
    });
  return packagedText(code);
}

/**
 * @param {{ folder: string, manifest: Record<string, any> }[]} packages of the workspace
 * @returns {Map<string, string>} JavaScript file of each name that they export
 */
export function workspaceNames(packages) {
  return new Map(
    packages.flatMap(({ folder, manifest }) =>
      Object.entries(manifest.exports ?? {}).map(([name, file]) => [
        posix.join(manifest.name, name),
        posix.join(folder, file).replace(/\.ts$/, '.js'),
      ]),
    ),
  );
}
