import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installedPackages } from '../installed-packages.mjs';
import { root } from '../project.mjs';
import { explainFailure } from '../run-command.mjs';
import { storeFaults } from '../store-faults.mjs';
import { rootManifest } from './program-folder.mjs';
import { readZip } from './read-zip.mjs';
import { rebuildFrom } from './rebuild.mjs';
import { sbomOf } from './sbom.mjs';
import { STORES, storeZip } from './store-zips.mjs';
import { writeSums } from './sums.mjs';

/** What a reviewer needs to build the extension, of what the archive of sources must have. */
const NEEDED_SOURCES = [
  'package.json',
  'pnpm-lock.yaml',
  'docs/stores.md',
  'extension/wxt.config.ts',
  'shared/package.json',
];
/** Mozilla takes sources up to this size, in bytes. */
const MAX_SOURCES_BYTES = 200_000_000;

/** What cannot be handed in, and what to do about it. */
class NotForStores extends Error {
  name = 'NotForStores';
  constructor(message, nextStep) {
    super(message);
    this.nextStep = nextStep;
  }
}

function git(...args) {
  const { status, stdout, stderr, error } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git: ${error?.message ?? stderr}`);
  return stdout;
}

/** The committed sources, without what building the extension never reads. */
async function writeSources(path) {
  const changed = git('status', '--porcelain').trim();
  if (changed !== '')
    throw new NotForStores(
      `Sources are packed as they are committed, and these differ:\n${changed}`,
      'Commit or take back the changes, then run the command again.',
    );
  git('archive', '--format=zip', '-o', path, 'HEAD', '--', '.', ':!models/training', ':!docs/screenshots');
  const zip = readFileSync(path);
  if (zip.length > MAX_SOURCES_BYTES) throw new Error(`The sources have ${zip.length} bytes, more than Mozilla takes.`);
  const files = await readZip(zip);
  const missing = NEEDED_SOURCES.filter((name) => !files.has(name));
  if (missing.length > 0) throw new Error(`The sources are without ${missing.join(', ')}.`);
}

/** Packages of others whose code is in the scripts of the extension, as its build has noted them. */
function bundledPackages() {
  const noted = Object.values(STORES).flatMap((build) =>
    JSON.parse(readFileSync(join(root, 'extension', '.output', `${build}.packages.json`), 'utf8')),
  );
  const manifests = new Map(
    installedPackages().map(({ manifest }) => [`${manifest.name}@${manifest.version}`, manifest]),
  );
  return [...new Set(noted)].toSorted().map((name) => {
    const manifest = manifests.get(name);
    if (!manifest) throw new Error(`${name} is in the extension and not installed.`);
    return manifest;
  });
}

/** Zips for the stores, sources, list of materials and sums; `--rebuild` builds the sources again and compares, as a reviewer does. */
async function main() {
  const { values } = parseArgs({ options: { output: { type: 'string' }, rebuild: { type: 'boolean' } } });
  const output = values.output ?? join(root, 'dist', 'stores');
  const { version } = rootManifest();
  const zips = Object.fromEntries(Object.keys(STORES).map((store) => [store, storeZip(store)]));
  const faults = await storeFaults(zips, console.log);
  if (faults.length > 0)
    throw new NotForStores(
      `A store would refuse the extension:\n  ${faults.join('\n  ')}`,
      'Mend that, then run the command again.',
    );
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const named = (end) => join(output, `touchstone-${version}-${end}`);
  for (const [store, zip] of Object.entries(zips)) writeFileSync(named(`${store}.zip`), zip);
  const sources = named('sources.zip');
  await writeSources(sources);
  const sbom = named('extension.cdx.json');
  writeFileSync(sbom, sbomOf({ name: 'touchstone-extension', version, packages: bundledPackages() }));
  const files = [...Object.keys(STORES).map((store) => named(`${store}.zip`)), sources, sbom];
  if (values.rebuild) await rebuildFrom(sources, zips);
  files.push(writeSums(output, files));
  for (const file of files) console.log(`${(readFileSync(file).length / 1e6).toFixed(2).padStart(7)} MB  ${file}`);
}

try {
  await main();
} catch (error) {
  explainFailure(error);
  process.exitCode = 1;
}
