import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { TouchstoneError } from '@touchstone/shared';
import pino from 'pino';
import { packFolders } from '../../daemon/pack-folders.ts';
import { trustFolder } from '../../evidence/provenance/trust-lists.ts';
import { createResultLog } from '../../log/create-result-log.ts';
import type { ResultLog } from '../../log/result-log.ts';
import { createPipeline } from '../../pipeline/create-pipeline.ts';
import { dataFolder, prepareDataFolder } from '../../settings/data-folder.ts';
import { openSettings } from '../../settings/settings-store.ts';
import { createVideoChecker } from '../../video-file/video-checker.ts';
import type { Judge } from './judge.ts';

/** Files in memory beyond one a core, so that decoding never waits for reading. */
const EXTRA_UNDER_WAY = 1;

/** Results are kept where a companion would keep them; without a log they are shown all the same. */
function openLog(folder: string): ResultLog | undefined {
  try {
    prepareDataFolder(folder);
    return createResultLog(join(folder, 'history.sqlite'), { onWarning: note });
  } catch (error) {
    note(`The history cannot be written, so these results are not recorded (${reasonOf(error)}).`);
    return undefined;
  }
}

function note(message: string): void {
  process.stderr.write(`Note: ${message}\n`);
}

function reasonOf(error: unknown): string {
  if (error instanceof TouchstoneError && error.detail) return error.detail;
  return error instanceof Error ? error.message : String(error);
}

/** Checks in this process, with the settings, the packs and the log of the data folder. */
export async function localJudge(pack: string | undefined): Promise<Judge> {
  const folder = dataFolder();
  const log = openLog(folder);
  const settings = await openSettings(folder, note);
  const pipeline = await createPipeline({
    ...(log && { log }),
    settings: () => settings.current(),
    logger: pino({ level: 'silent' }),
    packFolders: packFolders(folder),
    trustFolder: trustFolder(folder),
  });
  const videos = createVideoChecker({ pipeline, log, settings: () => settings.current() });
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
      log?.close();
    },
  };
}
