import { chmodSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import envPaths from 'env-paths';

/** Where the companion keeps everything: TOUCHSTONE_HOME, else the platform's own folder for application data. */
export function dataFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const home = environment.TOUCHSTONE_HOME;
  return home ? resolve(home) : envPaths('touchstone', { suffix: '' }).data;
}

/** Makes the folder when missing and keeps other users of this computer out (0700). */
export function prepareDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
}
