import type { ResultRecord } from '@touchstone/shared';
import { checks, type VideoOutcomeOptions, videoOutcome } from '@touchstone/shared/api';
import type { FileCheckOptions } from './companion.ts';
import { client } from './request.ts';

export type VideoCheckOptions = VideoOutcomeOptions & Omit<FileCheckOptions, 'signal'>;

/**
 * Checks one local video. The browser streams it from the disk; the answer comes line by line while frames are judged.
 * @throws TouchstoneError with the companion's code; `bad-message` where the answer is not what was agreed
 */
export function checkVideo(
  file: Blob,
  fileName: string,
  { pack, recheckOf, ...options }: VideoCheckOptions,
): Promise<ResultRecord> {
  const question = { query: { fileName, pack, recheckOf }, body: file, signal: options.signal };
  return videoOutcome(client.lines(checks.video, question), options);
}
