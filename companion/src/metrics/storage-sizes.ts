import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';

/** What lies in the data folder, by the names in it. */
export const STORAGE_KINDS = ['history', 'content', 'packs', 'spool', 'logs', 'other'] as const;
export type StorageKind = (typeof STORAGE_KINDS)[number];
export type StorageSizes = Readonly<Record<StorageKind, number>>;

function kindOf(name: string): StorageKind {
  if (name.startsWith('history.sqlite')) return 'history';
  return STORAGE_KINDS.find((kind) => kind === name) ?? 'other';
}

/** Bytes of a file, or of all files in a folder; links are not followed. What goes away meanwhile counts nothing. */
async function bytesIn(path: string): Promise<number> {
  const facts = await lstat(path).catch(() => undefined);
  if (!facts?.isDirectory()) return facts?.size ?? 0;
  let bytes = 0;
  try {
    for await (const { name } of await opendir(path)) bytes += await bytesIn(join(path, name));
  } catch {
    // A folder that was removed while it was read.
  }
  return bytes;
}

/** Bytes in the data folder. One file after the other: it takes seconds for a hundred thousand, and nobody waits for it. */
export async function storageSizes(folder: string): Promise<StorageSizes> {
  const sizes: Record<StorageKind, number> = { history: 0, content: 0, packs: 0, spool: 0, logs: 0, other: 0 };
  for await (const { name } of await opendir(folder)) sizes[kindOf(name)] += await bytesIn(join(folder, name));
  return sizes;
}
