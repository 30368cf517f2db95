import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { TouchstoneError } from '@touchstone/shared';
import pino from 'pino';
import type { FolderLock } from '../../daemon/folder-lock.ts';
import { packFolders } from '../../daemon/pack-folders.ts';
import { trustFolder } from '../../evidence/provenance/trust-lists.ts';
import { openHistory } from '../../log/create-result-log.ts';
import { createPipeline } from '../../pipeline/create-pipeline.ts';
import { dataFolder } from '../../settings/data-folder.ts';
import { openSettings, type SettingsStore, STRICTEST_SETTINGS } from '../../settings/settings-store.ts';
import type { History } from '../../store/record-store.ts';
import { binariesFolder } from '../../video-file/binaries/binaries-folder.ts';
import { createVideoChecker } from '../../video-file/video-checker.ts';
import type { Judge } from './judge.ts';

/** Files in memory beyond one a core, so that decoding never waits for reading. */
const EXTRA_UNDER_WAY = 1;

/** Why the data folder is not held. */
export interface Unusable {
  readonly unusable: unknown;
}

interface Kept {
  readonly settings: SettingsStore;
  readonly log: History;
}

/** The log of the data folder. Only who holds the folder opens it: opening mends, renews and sets damage aside. */
async function openKept(folder: string, lock: FolderLock): Promise<Kept> {
  try {
    const settings = await openSettings(folder, note);
    return { settings, log: openHistory(join(folder, 'history.sqlite'), { onWarning: note }).history };
  } finally {
    // A companion may start beside a long check: SQLite lets both write.
    lock.release();
  }
}

/** Results are kept where a companion would keep them; without a log they are shown all the same. */
async function openWhatCan(folder: string, place: FolderLock | Unusable): Promise<Partial<Kept>> {
  try {
    if ('unusable' in place) throw place.unusable;
    return await openKept(folder, place);
  } catch (error) {
    note(`The history cannot be written, so these results are not recorded (${reasonOf(error)}).`);
    return {};
  }
}

function note(message: string): void {
  process.stderr.write(`Note: ${message}\n`);
}

function reasonOf(error: unknown): string {
  if (error instanceof TouchstoneError && error.detail) return error.detail;
  return error instanceof Error ? error.message : String(error);
}

/**
 * Checks in this process, with the settings, the packs and the log of the data folder.
 * @param place the folder, held; it is released as soon as the log is open
 */
export async function localJudge(pack: string | undefined, place: FolderLock | Unusable): Promise<Judge> {
  const folder = dataFolder();
  const { log, settings } = await openWhatCan(folder, place);
  const current = () => settings?.current() ?? STRICTEST_SETTINGS;
  const pipeline = await createPipeline({
    ...(log && { log }),
    settings: current,
    logger: pino({ level: 'silent' }),
    packFolders: packFolders(folder),
    trustFolder: trustFolder(folder),
  });
  const videos = createVideoChecker({ pipeline, log, settings: current, binaries: binariesFolder(folder) });
  return {
    place: 'in this process, without a companion',
    concurrency: availableParallelism() + EXTRA_UNDER_WAY,
    check: ({ bytes, fileName, signal }) =>
      pipeline.check({
        source: { kind: 'image', path: 'file', private: false, ...(fileName !== undefined && { fileName }) },
        lane: 'asked',
        bytes,
        signal,
        ...(pack !== undefined && { pack }),
      }),
    checkVideo: (request) => videos.check({ ...request, pack }),
    close: async () => {
      await pipeline.close();
      await log?.close();
    },
  };
}
