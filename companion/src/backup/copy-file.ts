import { createHash } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { throwIfCancelled } from '@touchstone/shared';
import { openPlain } from '../store/folder/content-folder.ts';
import type { BackupFile } from './manifest.ts';

/** Bytes that are read at once. */
const PIECE_BYTES = 1024 * 1024;

export interface CopyOptions {
  readonly from: string;
  readonly to: string;
  /** With forward slashes, below both. */
  readonly path: string;
  /** An earlier backup: a file that is the same there is linked instead of written again. */
  readonly earlier?: { readonly folder: string; readonly files: ReadonlyMap<string, BackupFile> } | undefined;
  readonly signal: AbortSignal;
}

type Copied = Omit<BackupFile, 'path'>;

/** Reads a plain file to its end, and writes it where there is somewhere. */
async function pass(
  path: string,
  write: ((piece: Uint8Array) => Promise<unknown>) | undefined,
  signal: AbortSignal,
): Promise<Copied | undefined> {
  const source = await openPlain(path);
  if (!source) return undefined;
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    const stream = source.createReadStream({ highWaterMark: PIECE_BYTES, autoClose: false });
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
      throwIfCancelled(signal);
      hash.update(piece);
      bytes += piece.byteLength;
      await write?.(piece);
    }
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    await source.close();
  }
}

/** @returns what a plain file holds; undefined where there is none */
export function fileFacts(path: string, signal: AbortSignal): Promise<Copied | undefined> {
  return pass(path, undefined, signal);
}

/**
 * Copies a plain file for its owner alone (0600), synced.
 * @returns undefined where there is none, or only a link
 * @throws the system's error; TouchstoneError `cancelled`
 */
export async function copyFile({ from, to, path, earlier, signal }: CopyOptions): Promise<BackupFile | undefined> {
  const source = join(from, path);
  const target = join(to, path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const known = earlier?.files.get(path);
  if (earlier && known) {
    const facts = await fileFacts(source, signal);
    if (!facts) return undefined;
    const before = join(earlier.folder, path);
    // Read too, so that what a failing disk did to one backup is not handed on to the next.
    if (facts.sha256 === known.sha256 && (await fileFacts(before, signal))?.sha256 === known.sha256) {
      // What cannot be linked (a file system without links, or with too many) is copied.
      const linked = await link(before, target).then(
        () => true,
        () => false,
      );
      if (linked) return known;
    }
  }
  // `wx` follows no link.
  const file = await open(target, 'wx', 0o600);
  try {
    await file.chmod(0o600);
    const copied = await pass(source, (piece) => file.writeFile(piece), signal);
    if (copied) {
      await file.sync();
      return { path, ...copied };
    }
  } finally {
    await file.close();
  }
  await rm(target, { force: true });
  return undefined;
}
