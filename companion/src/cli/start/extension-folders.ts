import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface BuiltExtension {
  /** Absolute path of the folder to load in Chrome and Edge. */
  readonly chrome: string;
  /** Absolute path of the manifest to load in Firefox. */
  readonly firefox: string;
}

/** In a clone where WXT builds it, in a package where a dialog shows it: those hide what begins with a dot. */
const PLACES = ['extension/.output', 'extension'];

/** @returns where the built extension lies; undefined before it is built */
export function builtExtension(): BuiltExtension | undefined {
  for (const place of PLACES) {
    const output = fileURLToPath(new URL(`../../../../${place}`, import.meta.url));
    const chrome = join(output, 'chrome-mv3');
    const firefox = join(output, 'firefox-mv3', 'manifest.json');
    if (existsSync(join(chrome, 'manifest.json')) && existsSync(firefox)) return { chrome, firefox };
  }
  return undefined;
}
