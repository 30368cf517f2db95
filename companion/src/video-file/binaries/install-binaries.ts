import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { download } from '@touchstone/models';
import { TouchstoneError } from '@touchstone/shared';
import { extract } from 'tar';
import type { BinaryPackage } from './binary-packages.ts';

/** The registry of npm itself. What comes from any other is held to the same hash. */
export const NPM_REGISTRY = 'https://registry.npmjs.org';

/** Unpacked bytes of one file; the largest has 175 MB. */
const MAX_FILE_BYTES = 400_000_000;
/** All that is taken out of the package. */
const WANTED: readonly string[] = ['package/node-av.node', 'package/package.json', 'package/README.md'];

export interface InstallBinariesOptions {
  readonly binary: BinaryPackage;
  /** Address of a registry, without a slash at its end. */
  readonly registry: string;
  /** Folder of Node modules that gets the package (binaries-folder.ts). */
  readonly into: string;
  /** Called with the unpacked modules before they get their place; what it throws leaves nothing installed. */
  readonly tryOut: (modules: string) => Promise<void>;
  readonly signal?: AbortSignal;
  /** Bytes so far; `total` is undefined where the registry does not say. */
  readonly onProgress?: (done: number, total: number | undefined) => void;
}

/** Address of the packed file, by the rule of all npm registries. */
export function packedAddress({ name, version }: BinaryPackage, registry: string): string {
  return `${registry}/${name}/-/${basename(name)}-${version}.tgz`;
}

async function integrityOf(path: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return `sha512-${hash.digest('base64')}`;
}

/**
 * Fetches the package, compares its hash, takes three files out of it and tries them. A download that broke off is
 * continued by the next try.
 * @throws TouchstoneError `download-failed` (what was received is kept), `hash-mismatch` (it is deleted),
 *   `file-unreadable` where the files are not in it, `cancelled`
 */
export async function installBinaries(options: InstallBinariesOptions): Promise<void> {
  const { binary, registry, into, tryOut, signal, onProgress } = options;
  const root = dirname(into);
  await mkdir(root, { recursive: true, mode: 0o700 });
  const packed = join(root, `${basename(binary.name)}.tgz`);
  await download({
    url: packedAddress(binary, registry),
    target: packed,
    maxBytes: binary.bytes,
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  const staging = join(root, `.${randomUUID()}`);
  try {
    const found = await integrityOf(packed);
    if (found !== binary.integrity) {
      throw new TouchstoneError('hash-mismatch', `${binary.name}: ${found} instead of ${binary.integrity}`);
    }
    const folder = join(staging, binary.name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await extract({ file: packed, cwd: folder, strip: 1, strict: true, noMtime: true, filter: isWanted });
    await tryOut(staging);
    await rm(into, { recursive: true, force: true });
    await rename(staging, into);
  } finally {
    await rm(packed, { force: true });
    await rm(staging, { recursive: true, force: true });
  }
}

function isWanted(path: string, entry: { readonly size?: number; readonly type?: unknown }): boolean {
  return WANTED.includes(path) && entry.type === 'File' && (entry.size ?? 0) <= MAX_FILE_BYTES;
}
