import { TouchstoneError } from '@touchstone/shared';
import type { History } from '../store/record-store.ts';
import type { RecentPicture, RecentPictures } from './recent-pictures.ts';

/**
 * A record with the picture that it judged: from the checks of the last minutes, or the kept original.
 * @throws TouchstoneError `not-found` without such a record, `picture-not-kept` where only the result is left
 */
export async function findPicture(log: History, recent: RecentPictures, recordId: string): Promise<RecentPicture> {
  const fresh = recent.find(recordId);
  if (fresh) return fresh;
  const record = await log.get(recordId);
  if (!record) throw new TouchstoneError('not-found');
  if (record.source.kind === 'video') throw new TouchstoneError('picture-not-kept', 'a video is no picture');
  const bytes = recent.bytesOf(record.picture.sha256) ?? (await log.original(recordId));
  if (!bytes) throw new TouchstoneError('picture-not-kept');
  return { record, bytes };
}
