import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pnpmCommand } from '../project.mjs';
import { runCommand } from '../run-command.mjs';
import { readZip } from './read-zip.mjs';
import { STORES, storeZip } from './store-zips.mjs';

/**
 * Builds the extension from the archive of its sources, in a folder of its own, as a reviewer of a store does.
 * @param {string} sources path of the zip
 * @param {Record<keyof typeof STORES, Buffer>} zips what was packed
 * @throws Error that names the files that came out different
 */
export async function rebuildFrom(sources, zips) {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-sources-'));
  try {
    for (const [name, contents] of await readZip(readFileSync(sources))) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), contents);
    }
    await runCommand('Installing what the sources need', pnpmCommand(['install', '--frozen-lockfile']), {
      cwd: folder,
    });
    const build = pnpmCommand(['--filter', '@touchstone/extension', 'build']);
    await runCommand('Building the sources', build, { cwd: folder });
    const different = [];
    for (const store of Object.keys(STORES)) {
      const before = await readZip(zips[store]);
      const after = await readZip(storeZip(store, join(folder, 'extension', '.output')));
      for (const name of new Set([...before.keys(), ...after.keys()]))
        if (!before.get(name)?.equals(after.get(name) ?? Buffer.alloc(0))) different.push(`${store}: ${name}`);
    }
    if (different.length > 0)
      throw new Error(`Built from the sources, these are different:\n  ${different.join('\n  ')}`);
    console.log('Built from the sources, every file of the extension is the same.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
