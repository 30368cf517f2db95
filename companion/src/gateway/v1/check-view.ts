import { TouchstoneError } from '@touchstone/shared';
import { addressOf, api, type Check } from '@touchstone/shared/api';
import type { Job } from '../../jobs/job.ts';
import { withoutNotes } from '../../report/public-record.ts';
import type { GatewayContext } from '../context.ts';
import { recordAnswer } from './record-answer.ts';

/** @throws TouchstoneError `not-found` */
export async function findJob(id: string, ledger: Pick<GatewayContext['ledger'], 'get'>): Promise<Job> {
  const job = await ledger.get(id);
  if (!job) throw new TouchstoneError('not-found');
  return job;
}

/** A job as programs see it. Who may only check is not told what a person wrote beside the record. */
export async function checkView(job: Job, log: Pick<GatewayContext['log'], 'get'>): Promise<Check> {
  const { id, state, work, recordId } = job;
  const record = recordId === null ? undefined : await log.get(recordId);
  return {
    id,
    url: addressOf(api.v1Checks.get, { params: { id } }),
    state,
    kind: work.kind,
    sha256: work.content,
    bytes: work.bytes,
    fileName: work.source.fileName ?? null,
    pack: work.pack ?? null,
    stage: job.stage,
    progress: job.progress,
    attempts: job.attempts,
    acceptedAt: job.acceptedAt,
    startedAt: job.startedAt,
    endedAt: job.endedAt,
    recordUrl: recordId === null ? null : addressOf(api.v1Records.get, { params: { id: recordId } }),
    record: record === undefined ? null : recordAnswer(withoutNotes(record)),
    error: job.error,
  };
}
