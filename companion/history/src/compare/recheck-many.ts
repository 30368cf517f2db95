import { type ErrorCode, type ResultRecord, TouchstoneError, toErrorReport } from '@touchstone/shared';
import { stepOf } from '@touchstone/shared/present';
import { knownFile } from '../files/known-files.ts';
import { bytesAtHand, type Times } from './bytes-at-hand.ts';
import { secondCheck } from './second-check.ts';

/** Files that one press checks again at most: some minutes of work. */
export const MOST_RECHECKED = 200;

/** Errors after which the next file would fare no better. */
const NOT_THE_FILE: readonly ErrorCode[] = [
  'companion-unreachable',
  'unauthorized',
  'shutting-down',
  'pack-unknown',
  'pack-invalid',
  'disk-full',
  'log-failed',
  'log-locked',
  'log-read-only',
];

/** Two checks of one file. */
export interface Pair {
  readonly before: ResultRecord;
  readonly after: ResultRecord;
}

export interface ManyRechecked {
  readonly pairs: readonly Pair[];
  readonly failed: number;
}

export const NONE_RECHECKED: ManyRechecked = { pairs: [], failed: 0 };

/** Those whose bytes are there; the others would need their file. */
export function recheckable(records: readonly ResultRecord[], times: Times): readonly ResultRecord[] {
  return records.filter((record) => record.logged && bytesAtHand(record, times) !== 'none');
}

/** Whether the second check says another step of the scale than the first. */
export const differs = ({ before, after }: Pair): boolean => stepOf(before.verdict) !== stepOf(after.verdict);

/**
 * Checks records again, one after the other, so that everybody else's checks go on.
 * @param onChange is told after each
 * @throws TouchstoneError where going on makes no sense; what was done by then was told
 */
export async function recheckMany(
  records: readonly ResultRecord[],
  pack: string,
  onChange: (done: ManyRechecked) => void,
  signal: AbortSignal,
): Promise<ManyRechecked> {
  let done = NONE_RECHECKED;
  for (const before of records) {
    if (signal.aborted) break;
    try {
      const file = knownFile(before.picture.sha256);
      const after = await secondCheck(before, { pack, file }, { signal, onProgress: () => undefined });
      done = { ...done, pairs: [...done.pairs, { before, after }] };
    } catch (error) {
      if (signal.aborted) break;
      const { code } = toErrorReport(error);
      if (NOT_THE_FILE.some((known) => known === code)) throw error;
      if (!(error instanceof TouchstoneError)) throw error;
      done = { ...done, failed: done.failed + 1 };
    }
    onChange(done);
  }
  return done;
}
