import { chmodSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import envPaths from 'env-paths';
import { folderTrouble } from './folder-trouble.ts';
import { refuseForeignFolder } from './foreign-files.ts';

/** Where the companion keeps everything: TOUCHSTONE_HOME, else the platform's own folder for application data. */
export function dataFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const home = environment.TOUCHSTONE_HOME;
  return home ? resolve(home) : envPaths('touchstone', { suffix: '' }).data;
}

/**
 * Makes the folder when missing and keeps other users of this computer out (0700), whatever the umask.
 * @throws TouchstoneError `folder-unusable` that says why
 */
export function prepareDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    refuseForeignFolder(folder);
    chmodSync(folder, 0o700);
  } catch (error) {
    throw folderTrouble(folder, error);
  }
}
