import { join } from 'node:path';
import { BINARY_PACKAGES } from './binary-packages.ts';

/** Where fetched binaries of every version lie. */
export function decoderFolder(dataFolder: string): string {
  return join(dataFolder, 'video-decoder');
}

/**
 * Folder in which the decoder's process looks for binaries that did not come along. It is named by their version: those of
 * an older Touchstone do not fit a newer one.
 */
export function binariesFolder(dataFolder: string): string {
  const [{ version = '' } = {}] = Object.values(BINARY_PACKAGES);
  return join(decoderFolder(dataFolder), version, 'node_modules');
}
