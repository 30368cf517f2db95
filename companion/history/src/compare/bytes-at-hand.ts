import { RECENT_PICTURE_MS, type ResultRecord, toErrorReport } from '@touchstone/shared';
import { knownFile } from '../files/known-files.ts';

/**
 * Where the bytes of a second check come from: the kept original, a file that this page was given, the companion's memory of the last minutes, or
 * nowhere, so that the file must be chosen.
 */
export type ByteSource = 'kept' | 'known' | 'recent' | 'none';

export type Rechecked = Pick<ResultRecord, 'hasOriginal' | 'source' | 'at' | 'picture'>;

/** Milliseconds since 1970. */
export interface Times {
  readonly now: number;
  /** When the companion started: what it remembered before is gone. Undefined while that is not known. */
  readonly startedAt: number | undefined;
}

/** @param error of the last try: what turned out not to be there is promised no more */
export function bytesAtHand(
  { hasOriginal, source, at, picture }: Rechecked,
  { now, startedAt = 0 }: Times,
  error?: unknown,
): ByteSource {
  const gone = error != null && toErrorReport(error).code === 'picture-not-kept';
  if (knownFile(picture.sha256)) return 'known';
  if (source.kind === 'video' || gone) return 'none';
  if (hasOriginal) return 'kept';
  return now - at < RECENT_PICTURE_MS && at >= startedAt ? 'recent' : 'none';
}
