import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { filesOf, MAX_MODEL_BYTES, type Pack } from '@touchstone/models';
import { TouchstoneError } from '@touchstone/shared';
import { create, extract } from 'tar';

/** Files of one pack: description, card, graph and sixteen further ones. */
const MAX_FILES = 32;
/** A plain name, as packs give their files. */
const PLAIN = /^[\w][\w.-]{0,127}$/;

/** A pack as one file: a tar of its plain files, the same every time. */
export function archivePack({ folder, manifest, head }: Pack): Readable {
  const files = ['pack.json', manifest.card, ...(head ? [head.file] : filesOf(manifest)).map(({ file }) => file)];
  return create({ cwd: folder, portable: true, noMtime: true, strict: true }, files) as unknown as Readable;
}

/**
 * Takes a pack out of its one file, into a folder of its own. Nothing but plain files with plain names comes out.
 * @returns the folder, and what removes it
 * @throws TouchstoneError `pack-invalid`
 */
export async function unpackArchive(file: string): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-input-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  let files = 0;
  let bytes = 0;
  try {
    await extract({
      file,
      cwd: folder,
      strict: true,
      noMtime: true,
      noChmod: true,
      preserveOwner: false,
      filter(path, entry) {
        const isFile = 'type' in entry && entry.type === 'File';
        if (!isFile || !PLAIN.test(path)) throw new TouchstoneError('pack-invalid', 'it holds more than plain files');
        files += 1;
        bytes += entry.size ?? 0;
        if (files > MAX_FILES || bytes > MAX_MODEL_BYTES) throw new TouchstoneError('pack-invalid', 'it is too large');
        return true;
      },
    });
    return { folder, remove };
  } catch (cause) {
    await remove();
    if (cause instanceof TouchstoneError) throw cause;
    throw new TouchstoneError('pack-invalid', `it is no pack in one file: ${String(cause)}`, { cause });
  }
}
