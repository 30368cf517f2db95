import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where `touchstone models install` puts packs. */
export function installedPacksFolder(dataFolder: string): string {
  return join(dataFolder, 'packs');
}

/** Folders of model packs: those that come along, then those a person installed, which win by name. */
export function packFolders(dataFolder: string): string[] {
  return [fileURLToPath(new URL('../../../models/packs', import.meta.url)), installedPacksFolder(dataFolder)];
}
