import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { projectNode, root } from '../project.mjs';
import { shellLauncher, windowsLauncher } from './launchers.mjs';
import { writeOwnFiles } from './own-files.mjs';
import { writeProductionPackages } from './production-packages.mjs';

export const rootManifest = () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** Programs of a package by the names of their launchers. */
export const PROGRAMS = {
  touchstone: 'app/companion/src/cli/main.js',
  'touchstone-companion': 'app/companion/src/daemon/main.js',
  'touchstone-browser': 'app/companion/src/cli/native-host/main.js',
};

/**
 * The folder that runs by itself: `bin` (launchers), `node` (Node.js of the registry's package) and `app`.
 * @param {string} folder made anew
 */
export function writeProgramFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
  const app = join(folder, 'app');
  mkdirSync(app, { recursive: true });
  const { name, version, license, description, engines } = appManifest();
  writeFileSync(
    join(app, 'package.json'),
    `${JSON.stringify({ name, version, license, description, type: 'module', engines }, null, 2)}\n`,
  );
  writeOwnFiles(app);
  writeProductionPackages(join(app, 'node_modules'));
  const node = projectNode();
  mkdirSync(join(folder, 'node', 'bin'), { recursive: true });
  cpSync(node, join(folder, 'node', 'bin', basename(node)), { dereference: true });
  mkdirSync(join(folder, 'bin'));
  for (const [launcher, script] of Object.entries(PROGRAMS)) {
    if (process.platform === 'win32') writeFileSync(join(folder, 'bin', `${launcher}.cmd`), windowsLauncher(script));
    else writeFileSync(join(folder, 'bin', launcher), shellLauncher(script), { mode: 0o755 });
  }
}

/** The part of package.json that the program itself reads, with the least Node that runs its JavaScript. */
function appManifest() {
  return { ...rootManifest(), engines: { node: '>=22.13' } };
}
