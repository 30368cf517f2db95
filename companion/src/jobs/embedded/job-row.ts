import { ErrorReport, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import type { Row } from '../../log/history-queries.ts';
import { JOB_STATES, type Job, JobWork } from '../job.ts';

const nullable = <Schema extends v.GenericSchema>(schema: Schema) => v.nullable(schema);

/** A row of the table `jobs`, as far as a job is made of it. */
const JobRow = v.object({
  id: v.string(),
  state: v.picklist(JOB_STATES),
  work: v.pipe(v.string(), v.parseJson(), JobWork),
  attempts: v.number(),
  stage: nullable(v.string()),
  progress: nullable(v.number()),
  record: nullable(v.string()),
  error: nullable(v.pipe(v.string(), v.parseJson(), ErrorReport)),
  accepted_at: v.number(),
  started_at: nullable(v.number()),
  ended_at: nullable(v.number()),
});

/** @throws TouchstoneError `log-failed` for a row that somebody changed into no job */
export function jobOf(row: Row): Job {
  const parsed = v.safeParse(JobRow, row);
  if (!parsed.success) throw new TouchstoneError('log-failed', `job ${String(row.id)}: ${v.summarize(parsed.issues)}`);
  const { record, accepted_at, started_at, ended_at, ...rest } = parsed.output;
  return { ...rest, recordId: record, acceptedAt: accepted_at, startedAt: started_at, endedAt: ended_at };
}
