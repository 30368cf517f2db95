import { createReadStream } from 'node:fs';
import { type ResultRecord, TouchstoneError } from '@touchstone/shared';
import { api, videoOutcome } from '@touchstone/shared/api';
import type { CompanionLink } from '../link/companion-link.ts';
import type { JudgeVideoRequest } from './judge.ts';

/**
 * Streams a video to a running companion and reads its lines.
 * @throws TouchstoneError with the companion's code; `companion-unreachable` when it ends before the result
 */
export async function checkVideoThere(
  link: CompanionLink,
  pack: string | undefined,
  { path, fileName, signal, onProgress }: JudgeVideoRequest,
): Promise<ResultRecord> {
  const file = createReadStream(path);
  const opened = new Promise<void>((resolve, reject) => {
    file.once('ready', resolve);
    file.once('error', (cause) => reject(new TouchstoneError('file-unreadable', String(cause), { cause })));
  });
  await opened;
  const lines = link.lines(api.checks.video, { query: { fileName, pack }, body: file, signal });
  return videoOutcome(lines, { onProgress, signal });
}
