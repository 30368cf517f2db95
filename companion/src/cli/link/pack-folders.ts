import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folders of model packs: those that come along, then those a person installed, which win by name. */
export function packFolders(dataFolder: string): string[] {
  return [fileURLToPath(new URL('../../../../models/packs', import.meta.url)), join(dataFolder, 'packs')];
}
