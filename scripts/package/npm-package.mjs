import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packageFolders } from './production-packages.mjs';

/**
 * Makes of the program's `app` a package that `npx` runs from a file or a registry: all dependencies are in it, so nothing is fetched, and no
 * script runs. It is for this platform, as its libraries are.
 * @param {string} folder becomes `package`
 */
export function writeNpmPackage(app, folder) {
  rmSync(folder, { recursive: true, force: true });
  cpSync(app, folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const modules = join(folder, 'node_modules');
  const dependencies = Object.fromEntries(
    packageFolders(modules).map((path) => [
      relative(modules, path).replaceAll('\\', '/'),
      JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')).version,
    ]),
  );
  const complete = {
    ...manifest,
    bin: { touchstone: 'companion/src/cli/main.js' },
    os: [process.platform],
    cpu: [process.arch],
    dependencies,
    bundleDependencies: Object.keys(dependencies),
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(complete, null, 2)}\n`);
}
