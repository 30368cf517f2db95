import type { DatabaseSync } from 'node:sqlite';
import { TouchstoneError } from '@touchstone/shared';
import type { JobClaim } from '../store/job-claim.ts';

/** What holds for a claim that is not void; its parameters are those of `claimParameters`. */
export const CLAIM_HOLDS = "id = $id AND state = 'processing' AND worker = $worker AND attempts = $attempt";

export const claimParameters = ({ jobId, worker, attempt }: JobClaim) => ({ id: jobId, worker, attempt });

/** Ends jobs with their records, inside whatever transaction the caller has begun. */
export function createJobEnding(database: DatabaseSync) {
  const complete = database.prepare(
    `UPDATE jobs SET state = 'completed', record = $record, worker = NULL, stage = NULL, progress = NULL,
       ended_at = $now WHERE ${CLAIM_HOLDS}`,
  );
  const ending = {
    /** @param record id of the record @returns false when the claim is void */
    complete: (claim: JobClaim, record: string, now: number): boolean =>
      Number(complete.run({ ...claimParameters(claim), record, now }).changes) > 0,
    /** @throws TouchstoneError `cancelled` when the claim is void: the record must not be written either */
    completeOrThrow(claim: JobClaim, record: string, now: number): void {
      if (ending.complete(claim, record, now)) return;
      throw new TouchstoneError('cancelled', `job ${claim.jobId} is not this worker's any more`);
    },
  };
  return ending;
}
