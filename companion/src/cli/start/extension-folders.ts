import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface BuiltExtension {
  /** Absolute path of the folder to load in Chrome and Edge. */
  readonly chrome: string;
  /** Absolute path of the manifest to load in Firefox. */
  readonly firefox: string;
}

/** @returns where the built extension lies; undefined before it is built */
export function builtExtension(): BuiltExtension | undefined {
  const output = fileURLToPath(new URL('../../../../extension/.output', import.meta.url));
  const chrome = join(output, 'chrome-mv3');
  const firefox = join(output, 'firefox-mv3', 'manifest.json');
  return existsSync(join(chrome, 'manifest.json')) && existsSync(firefox) ? { chrome, firefox } : undefined;
}
