import { createHash, randomUUID } from 'node:crypto';
import { lstat, opendir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDiskFull, TouchstoneError } from '@touchstone/shared';
import { folderTrouble, systemCode } from '../../settings/folder-trouble.ts';
import { syncFolder } from '../../settings/private-file.ts';
import type { ContentStore } from '../content-store.ts';
import { isContentHash, makePrivateFolder, openPlain, placeOf } from './content-folder.ts';
import { syncFile, writeContent } from './write-content.ts';

/** Where files lie until they are whole. */
const INCOMING = 'incoming';

/** What is half written for so long is nobody's any more. Milliseconds. */
const ABANDONED_MS = 24 * 60 * 60_000;

export interface FolderOptions {
  /** Whether other processes write into it at the same time: what they have half written stays. */
  readonly shared?: boolean;
}

/** Removes what a killed process left half written. */
async function removeHalfWritten(incoming: string, shared: boolean): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const since = shared
      ? await lstat(path).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        )
      : 0;
    if (Date.now() - since > ABANDONED_MS) await rm(path, { force: true, recursive: true });
  }
}

/** What went wrong around the writing, with a code; the writing itself has one already. */
function putError(root: string, error: unknown): TouchstoneError {
  if (error instanceof TouchstoneError) return error;
  if (isDiskFull(error)) return new TouchstoneError('disk-full', String(error), { cause: error });
  return folderTrouble(root, error);
}

/**
 * A content store in a folder of this computer: folders 0700, files 0600, named by their SHA-256. What a killed process left
 * half written is removed.
 * @param root made when missing; its parent must be there
 * @throws TouchstoneError `folder-unusable`
 */
export async function openFolderContentStore(
  root: string,
  { shared = false }: FolderOptions = {},
): Promise<ContentStore> {
  const incoming = join(root, INCOMING);
  await makePrivateFolder(root);
  await makePrivateFolder(incoming);
  await removeHalfWritten(incoming, shared);

  /** Syncs of the root, once for each folder in it, so that a power cut does not take a new one away. */
  const shelvesSynced = new Map<string, Promise<void>>();

  function syncShelf(folder: string): Promise<void> {
    const begun = shelvesSynced.get(folder);
    if (begun) return begun;
    const synced = syncFolder(root);
    shelvesSynced.set(folder, synced);
    synced.catch(() => shelvesSynced.delete(folder));
    return synced;
  }

  /** The last one to come of each content that is on its way. */
  const coming = new Map<string, Promise<void>>();

  /** One after the other for the same content. */
  async function inTurn(sha256: string, work: () => Promise<void>): Promise<void> {
    const before = coming.get(sha256);
    const turn = (async () => {
      await before?.catch(() => undefined);
      await work();
    })();
    coming.set(sha256, turn);
    try {
      await turn;
    } finally {
      if (coming.get(sha256) === turn) coming.delete(sha256);
    }
  }

  /** Gives a written file its name, and syncs both: at the same time, because each waits for the disk. */
  async function arrive(temporary: string, sha256: string): Promise<void> {
    const { folder, path } = placeOf(root, sha256);
    const isNew = await lstat(path).then(
      () => false,
      (error: unknown) => systemCode(error) === 'ENOENT',
    );
    // What has the name stays whole until the new file is.
    if (!isNew) await syncFile(temporary);
    // Replaces what has the name, a link too: the new bytes are what the name says.
    await rename(temporary, path);
    await Promise.all([isNew && syncFile(path), syncFolder(folder), syncShelf(folder)]);
  }

  async function read(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const file = await openPlain(placeOf(root, sha256).path);
    if (!file) return undefined;
    try {
      const bytes = new Uint8Array(await file.readFile());
      return createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : undefined;
    } finally {
      await file.close();
    }
  }

  return {
    async put(content, options = {}) {
      const temporary = join(incoming, randomUUID());
      try {
        const stored = await writeContent(temporary, content, options);
        const { folder } = placeOf(root, stored.sha256);
        // One that was taken away meanwhile is as new to the disk as the first.
        if (await makePrivateFolder(folder)) shelvesSynced.delete(folder);
        await options.beforeVisible?.(stored.sha256);
        await inTurn(stored.sha256, () => arrive(temporary, stored.sha256));
        return stored;
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw putError(root, error);
      }
    },
    read,
    async size(sha256) {
      const file = await openPlain(placeOf(root, sha256).path);
      if (!file) return undefined;
      return file
        .stat()
        .then(({ size }) => size)
        .finally(() => file.close());
    },
    async withFile(sha256, work) {
      const { path } = placeOf(root, sha256);
      const file = await openPlain(path);
      if (!file) return undefined;
      await file.close();
      return work(path);
    },
    async remove(sha256) {
      const { folder, path } = placeOf(root, sha256);
      try {
        await rm(path);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
        throw error;
      }
      await syncFolder(folder);
      return true;
    },
    async *list() {
      for await (const shelf of await opendir(root)) {
        if (!shelf.isDirectory() || shelf.name === INCOMING) continue;
        for await (const entry of await opendir(join(root, shelf.name))) {
          if (isContentHash(entry.name) && entry.name.startsWith(shelf.name)) yield entry.name;
        }
      }
    },
  };
}
