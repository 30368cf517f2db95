import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inputHash, isUnchanged, keepHash } from './input-hash.mjs';
import { pnpmCommand, projectNode, root } from './project.mjs';
import { runCommand } from './run-command.mjs';

/** What decides the contents of node_modules. */
const INSTALL_INPUTS = [
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'package.json',
  'shared/package.json',
  'models/package.json',
  'companion/package.json',
  'companion/history/package.json',
  'extension/package.json',
  'e2e/package.json',
];

/** What is bundled, from which sources, into which files. */
const BUILDS = [
  {
    name: 'Building the history page',
    workspace: '@touchstone/history',
    inputs: ['pnpm-lock.yaml', 'shared', 'companion/history'],
    outputs: ['companion/history/dist/index.html'],
  },
  {
    name: 'Building the browser extension',
    workspace: '@touchstone/extension',
    inputs: ['package.json', 'pnpm-lock.yaml', 'shared', 'extension'],
    outputs: ['extension/.output/chrome-mv3/manifest.json', 'extension/.output/firefox-mv3/manifest.json'],
  },
];

const hashFile = (name) => join(root, 'node_modules', '.touchstone', `${name.replace(/\W+/g, '-')}.sha256`);

/** Installs what the lockfile pins, unless the last install was of the same files. */
export async function installPackages(options = {}) {
  const hash = inputHash(root, INSTALL_INPUTS);
  const file = hashFile('install');
  if (isUnchanged(file, hash) && projectNode()) return;
  await runCommand('Installing packages', pnpmCommand(['install', '--frozen-lockfile']), { cwd: root, ...options });
  keepHash(file, hash);
}

/** Bundles the pages whose sources changed since the last build. */
export async function buildPages(options = {}) {
  for (const build of BUILDS) {
    const hash = inputHash(root, build.inputs);
    const file = hashFile(build.workspace);
    const built = build.outputs.every((output) => existsSync(join(root, output)));
    if (built && isUnchanged(file, hash)) continue;
    await runCommand(build.name, pnpmCommand(['--filter', build.workspace, 'build']), { cwd: root, ...options });
    keepHash(file, hash);
  }
}
