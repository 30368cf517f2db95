/** The right to work on a job (jobs/job-ledger.ts): void as soon as the job is cancelled or given to another. */
export interface JobClaim {
  readonly jobId: string;
  readonly worker: string;
  /** Which beginning this is, from 1. */
  readonly attempt: number;
}
