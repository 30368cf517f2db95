import { type ResultRecord, TouchstoneError } from '@touchstone/shared';
import { checkVideo } from '../api/check-video.ts';
import { checkFile } from '../api/companion.ts';
import type { Check } from './file-queue.ts';
import { rememberFile } from './known-files.ts';
import { mayMove } from './moving-picture.ts';

/** Checks a file the way that fits it: pictures as a whole, videos and pictures that move over time. */
export const checkEntry: Check = async ({ file, name, kind }, onProgress, signal) => {
  const remembered = (record: ResultRecord) => {
    rememberFile(record.picture.sha256, file);
    return record;
  };
  if (kind === 'picture' && !(await mayMove(file))) return remembered(await checkFile(file, name, { signal }));
  try {
    return remembered(await checkVideo(file, name, { onProgress, signal }));
  } catch (error) {
    // It stands still, or moves too shortly to say more than its first frame.
    const still = kind === 'picture' && error instanceof TouchstoneError && error.code === 'video-unreadable';
    if (!still) throw error;
    return remembered(await checkFile(file, name, { signal }));
  }
};
