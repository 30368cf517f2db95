import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { TELEMETRY_OFF } from '@touchstone/models/telemetry-off';
import { DECODER_NODE_FLAGS } from './node-settings.mjs';

/** This checkout; whatever the programs are made of lies in it. */
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** Asked by the picture library which C library the system has. */
const LIBC_TELLTALE = '/usr/bin/ldd';

/**
 * Options of Node for a process that reads hostile files: a small heap, and no right to write files, to start programs
 * or threads, or to speak to a network through Node. Native code is bound by none of it; that is what the limits are for.
 * @param readable folders and files beside the program's own; `*` for all
 */
export function bareOptions(heapMegabytes: number, readable: readonly string[] = programFolders()): string[] {
  return [
    ...DECODER_NODE_FLAGS,
    `--max-old-space-size=${heapMegabytes}`,
    '--permission',
    ...readable.map((path) => `--allow-fs-read=${path}`),
    '--allow-addons',
  ];
}

/** Packages may lie outside the checkout, in a store that several share. */
function programFolders(): string[] {
  const sharp = realpathSync(createRequire(import.meta.url).resolve('sharp'));
  const store = sharp.slice(0, sharp.indexOf('node_modules'));
  return [...new Set([ROOT, store]), LIBC_TELLTALE];
}

/** Nothing of the companion's environment but what a program needs to start. */
export function bareEnvironment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  // What `npm start` sets about memory and compiled code (scripts/start.mjs) holds for all processes, but for the allocator of decoders (node-settings.mjs).
  const names = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'LD_LIBRARY_PATH', 'GLIBC_TUNABLES', 'NODE_COMPILE_CACHE'];
  const kept = names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
  return { ...TELEMETRY_OFF, ...Object.fromEntries(kept), ...more };
}
