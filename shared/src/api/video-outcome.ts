import type { ResultRecord } from '../record.ts';
import { TouchstoneError } from '../touchstone-error.ts';
import type { CheckVideoLine, VideoProgress } from './checks.ts';

export interface VideoOutcomeOptions {
  /** Called for every line of progress. */
  readonly onProgress: (progress: VideoProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Follows the answer to a video check to its end.
 * @throws TouchstoneError with the companion's code; `companion-unreachable` where the lines end before the result
 */
export async function videoOutcome(
  lines: AsyncIterable<CheckVideoLine>,
  { onProgress, signal }: VideoOutcomeOptions,
): Promise<ResultRecord> {
  for await (const line of lines) {
    if (line.type === 'result') return line.record;
    if (line.type === 'error') throw TouchstoneError.fromReport(line.error);
    onProgress(line);
  }
  // The companion was stopped meanwhile.
  throw new TouchstoneError(signal?.aborted ? 'cancelled' : 'companion-unreachable');
}
