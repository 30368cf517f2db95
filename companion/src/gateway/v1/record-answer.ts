import type { ResultRecord } from '@touchstone/shared';
import type { RecordAnswer } from '@touchstone/shared/api';
import { stepOf } from '@touchstone/shared/present';
import { withoutPrivateFacts } from '../../report/public-record.ts';

/** A record as programs get it. Place and serial numbers never leave unless asked; a report of one record can hold them. */
export function recordAnswer(record: ResultRecord): RecordAnswer {
  return { ...withoutPrivateFacts(record), step: stepOf(record.verdict) };
}
