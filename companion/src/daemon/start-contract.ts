import type { CompanionStatus } from '@touchstone/shared';
import type { PairingAnswer } from '@touchstone/shared/api';
import type { LogLevel } from '../configuration/options.ts';
import type { QueueLimits } from '../jobs/embedded/accept-jobs.ts';
import type { JobLedger } from '../jobs/job-ledger.ts';
import type { Pipeline, PipelineOptions } from '../pipeline/pipeline.ts';
import type { Contents } from '../store/contents.ts';
import type { Trainings } from '../training/trainings.ts';
import type { BackupPlan } from './keep-backups.ts';

export interface StartOptions {
  /** Data folder; made when missing. */
  readonly home: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Aborting stops the companion gracefully. */
  readonly signal: AbortSignal;
  readonly packFolders: readonly string[];
  /** How much the log files tell; default `info`. */
  readonly logLevel?: LogLevel;
  /** Most accepted checks that wait. */
  readonly queueLimits?: QueueLimits;
  /** Backups on a schedule; default none. */
  readonly backups?: BackupPlan;
  /** Force an execution provider. */
  readonly provider?: string;
  /** Built history page; default is the one of this checkout. */
  readonly historyFolder?: string;
  /** Another pipeline than the real one, for tests of everything around it. */
  readonly createPipeline?: (options: PipelineOptions) => Promise<Pipeline>;
  /** Is told, in a sentence, of damage that was survived. */
  readonly onWarning?: (message: string) => void;
}

export interface RunningCompanion {
  readonly port: number;
  readonly home: string;
  /** Folder of the companion's own log files. */
  readonly logFolder: string;
  readonly pipeline: Pipeline;
  /** Accepted checks, and where their content lies. */
  readonly jobs: { readonly ledger: JobLedger; readonly contents: Contents };
  readonly trainings: Trainings;
  status(): CompanionStatus;
  newPairing(): PairingAnswer;
  /** @returns a link that opens the history page once within a minute, at one record if given */
  newHistoryLink(recordId?: string): string;
  /** Finishes accepted work, then ends; the same promise for every call. */
  stop(): Promise<void>;
  /** Resolves when the companion has stopped, whoever asked for it. */
  readonly stopped: Promise<void>;
}

export type StartResult =
  | { readonly outcome: 'started'; readonly companion: RunningCompanion }
  /** A companion with this data folder runs already; it may be on another port. */
  | { readonly outcome: 'already-running'; readonly port: number; readonly status: CompanionStatus }
  /** Another process works in this data folder and does not answer (yet, or any more). */
  | { readonly outcome: 'folder-in-use'; readonly message: string }
  /** Another program listens on the port. */
  | { readonly outcome: 'port-taken'; readonly port: number; readonly message: string };
