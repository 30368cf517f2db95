import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../project.mjs';
import { packagedText } from './packaged-text.mjs';
import { asJavaScript, workspaceNames } from './strip-types.mjs';

const SOURCES = ['shared', 'models', 'companion'];
/** Copied as they are. */
const FOLDERS = ['companion/assets', 'models/packs/quick', 'models/packs/thorough', 'models/faces'];
const FILES = ['LICENSE', 'THIRD-PARTY-NOTICES', 'README.md', 'CHANGELOG.md'];
/** Bundles, whose words name commands. */
const PAGES = [
  ['companion/history/dist', 'companion/history/dist'],
  // Where a person can choose it: dialogs hide folders that begin with a dot.
  ['extension/.output/chrome-mv3', 'extension/chrome-mv3'],
  ['extension/.output/firefox-mv3', 'extension/firefox-mv3'],
];
const TEXT = /\.(js|html|json|css)$/;
const FOR_TESTS = /(^|\/)fixtures\/|\.test\.ts$|\.d\.m?ts$|\.md$/;

const slashed = (path) => path.replaceAll('\\', '/');
const filesBelow = (folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => slashed(join(entry.parentPath, entry.name)).slice(slashed(root).length + 1));

function put(app, path, contents) {
  mkdirSync(dirname(join(app, path)), { recursive: true });
  writeFileSync(join(app, path), contents);
}

/** Everything of ours that runs or is shown, as JavaScript, below `app`. @returns {number} files written */
export function writeOwnFiles(app) {
  const workspace = workspaceNames(
    SOURCES.map((folder) => ({
      folder,
      manifest: JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')),
    })),
  );
  let count = 0;
  for (const path of SOURCES.flatMap((folder) => filesBelow(`${folder}/src`))) {
    if (FOR_TESTS.test(path)) continue;
    const text = readFileSync(join(root, path), 'utf8');
    if (path.endsWith('.ts')) put(app, path.replace(/ts$/, 'js'), asJavaScript(text, path, workspace));
    else put(app, path, packagedText(text));
    count++;
  }
  for (const folder of FOLDERS) cpSync(join(root, folder), join(app, folder), { recursive: true });
  for (const file of FILES) cpSync(join(root, file), join(app, file));
  for (const [from, to] of PAGES) {
    if (!existsSync(join(root, from))) throw new Error(`${from} is not built: run "npm run build"`);
    for (const path of filesBelow(from)) {
      const target = join(to, path.slice(from.length + 1));
      if (TEXT.test(path)) put(app, target, packagedText(readFileSync(join(root, path), 'utf8')));
      else put(app, target, readFileSync(join(root, path)));
    }
  }
  return count;
}
