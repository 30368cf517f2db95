import type { ResultRecord } from '@touchstone/shared';
import { checks, type VideoOutcomeOptions, videoOutcome } from '@touchstone/shared/api';
import { client } from './request.ts';

export interface VideoCheckOptions extends VideoOutcomeOptions {
  /** Name of the pack; the companion chooses without one. */
  readonly pack?: string | undefined;
  /** Earlier record that this is a second check of. */
  readonly recheckOf?: string | undefined;
}

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
