import { setTimeout as wait } from 'node:timers/promises';
import { TouchstoneError } from '@touchstone/shared';
import { finishRestore } from '../../backup/finish-restore.ts';
import { type FolderLock, holderOf, lockFolder } from '../../daemon/folder-lock.ts';
import { dataFolder, prepareDataFolder } from '../../settings/data-folder.ts';
import { type CompanionLink, findCompanion } from './companion-link.ts';

/** A companion that starts holds the folder before it can be found; one that stops holds it a little longer. */
const OTHER_MS = 5_000;
const LOOK_EVERY_MS = 100;

/** Either the running companion, or the data folder while no companion runs: never both, so that nobody writes past it. */
export type CompanionOrFolder = { readonly link: CompanionLink } | { readonly lock: FolderLock };

function inUse(home: string): TouchstoneError {
  const pid = holderOf(home);
  return new TouchstoneError('folder-in-use', pid === undefined ? home : `${home}, process ${pid}`);
}

/**
 * Finds the companion, or takes its place.
 * @param signal ends the waiting for one that is starting or stopping
 * @throws TouchstoneError `folder-in-use` where another process holds the folder and does not answer; `folder-unusable`
 */
export async function companionOrFolder(signal?: AbortSignal): Promise<CompanionOrFolder> {
  const home = dataFolder();
  for (const deadline = Date.now() + OTHER_MS; ; ) {
    const link = await findCompanion();
    if (link) return { link };
    prepareDataFolder(home);
    const lock = lockFolder(home);
    if (lock) {
      await finishRestore(home).catch((error: unknown) => {
        lock.release();
        throw error;
      });
      return { lock };
    }
    if (Date.now() > deadline || signal?.aborted) throw inUse(home);
    await wait(LOOK_EVERY_MS);
  }
}
