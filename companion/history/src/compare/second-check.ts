import type { ResultRecord } from '@touchstone/shared';
import type { VideoProgress } from '@touchstone/shared/api';
import { checkVideo } from '../api/check-video.ts';
import { checkFile } from '../api/companion.ts';
import { recheckRecord } from '../api/evidence.ts';
import { rememberFile, stillThere } from '../files/known-files.ts';

/** What a second check needs: the pack, and where the companion has not kept the bytes, the file. */
export interface SecondCheck {
  /** `name@version` */
  readonly pack: string;
  readonly file?: File | undefined;
}

interface Options {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: VideoProgress) => void;
}

/** Judges what a record is of once more. @throws TouchstoneError `picture-not-kept` where no file is given and the companion has none */
export async function secondCheck(
  record: ResultRecord,
  { pack, file }: SecondCheck,
  { signal, onProgress }: Options,
): Promise<ResultRecord> {
  if (!file) return recheckRecord(record.id, pack, signal);
  await stillThere(record.picture.sha256, file);
  const how = { pack, recheckOf: record.id, signal };
  const isVideo = record.source.kind === 'video';
  const again = isVideo
    ? await checkVideo(file, file.name, { ...how, onProgress })
    : await checkFile(file, file.name, how);
  rememberFile(again.picture.sha256, file);
  return again;
}
