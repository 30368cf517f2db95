import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const starter = resolve(import.meta.dirname, '../../../models/packs/starter');

/**
 * Installs copies of the small starter pack under the names of the large ones, which they replace: for tests of what
 * stands around the models, on machines that have no time for them.
 */
export async function useSmallPacks(home: string): Promise<void> {
  for (const tier of ['quick', 'thorough']) {
    const folder = join(home, 'packs', tier);
    await mkdir(join(home, 'packs'), { recursive: true });
    await cp(starter, folder, { recursive: true });
    const manifest = JSON.parse(await readFile(join(starter, 'pack.json'), 'utf8')) as object;
    await rm(join(folder, 'pack.json'));
    await writeFile(join(folder, 'pack.json'), JSON.stringify({ ...manifest, name: tier, tier }));
  }
}
