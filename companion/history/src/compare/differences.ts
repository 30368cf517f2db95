import type { ResultRecord } from '@touchstone/shared';
import { stepOf } from '@touchstone/shared/present';
import { wholePercent } from '@touchstone/shared/words';

export interface Differences {
  /** False where the bytes differ: then two pictures are compared, not two opinions on one. */
  readonly samePicture: boolean;
  readonly verdictChanged: boolean;
  /** Percentage points from the first to the second as both are shown, whole. */
  readonly points: number;
  /** Codes of reasons that only one of the two gives. */
  readonly onlyFirst: readonly string[];
  readonly onlySecond: readonly string[];
}

/** What changed between two checks. */
export function differencesOf(first: ResultRecord, second: ResultRecord): Differences {
  const codes = (record: ResultRecord) => record.verdict.reasons.map(({ code }) => code);
  const [before, after] = [codes(first), codes(second)];
  return {
    samePicture: first.picture.sha256 === second.picture.sha256,
    verdictChanged: stepOf(first.verdict) !== stepOf(second.verdict),
    points: wholePercent(second.verdict.probability) - wholePercent(first.verdict.probability),
    onlyFirst: before.filter((code) => !after.includes(code)),
    onlySecond: after.filter((code) => !before.includes(code)),
  };
}
