import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TouchstoneError, type Truth } from '@touchstone/shared';
import type { DatasetItem } from './dataset.ts';

const DEMO = fileURLToPath(new URL('../../assets/demo', import.meta.url));

/** What stands for which class: no generator made any of them (assets/demo/NOTICE.md). */
const CLASSES = { photographs: 'real', renderings: 'ai' } as const satisfies Record<string, Truth>;

/**
 * The packaged demo set, copied, so that it outlasts a newer Touchstone. Cuts of one photograph, and renderings of one scene, stay together.
 * @param into folder that is there; files are named by their numbers
 * @param first number of the first file
 * @throws TouchstoneError `file-unreadable`
 */
export async function gatherDemo(into: string, first = 0): Promise<DatasetItem[]> {
  const items: DatasetItem[] = [];
  try {
    for (const [folder, truth] of Object.entries(CLASSES)) {
      for (const source of (await readdir(join(DEMO, folder))).sort()) {
        for (const name of (await readdir(join(DEMO, folder, source))).sort()) {
          const file = String(first + items.length);
          await copyFile(join(DEMO, folder, source, name), join(into, file));
          const ties = [`demo ${folder}/${source}`];
          items.push({ truth, name: `demo/${folder}/${source}/${name}`, ties, place: { kind: 'own', file } });
        }
      }
    }
  } catch (cause) {
    throw new TouchstoneError('file-unreadable', String(cause), { cause });
  }
  return items;
}

/** A person's own pictures, and the packaged ones where they are to be joined. @param into folder of the data set's files */
export async function joinDemo(
  own: readonly DatasetItem[],
  wanted: boolean,
  into: string,
): Promise<readonly DatasetItem[]> {
  return wanted ? [...own, ...(await gatherDemo(into, own.length))] : own;
}
