import type { ResultRecord } from '@touchstone/shared';
import type { CheckVideoLine } from '@touchstone/shared/api';

export interface JudgeRequest {
  /** Encoded picture. */
  readonly bytes: Uint8Array;
  /** Without its folder; absent for standard input. */
  readonly fileName: string | undefined;
  readonly signal: AbortSignal;
}

export type VideoProgress = Extract<CheckVideoLine, { type: 'progress' }>;

export interface JudgeVideoRequest {
  /** Where the file lies; it is read piece by piece. */
  readonly path: string;
  /** Without its folder; absent for standard input. */
  readonly fileName: string | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: VideoProgress) => void;
}

/** Whoever checks the files: a running companion, or a pipeline in this process. */
export interface Judge {
  /** For people, at the end of the table: "by the companion on port 47615". */
  readonly place: string;
  /** Checks worth having under way at once. */
  readonly concurrency: number;
  /** @throws TouchstoneError */
  check(request: JudgeRequest): Promise<ResultRecord>;
  /** @throws TouchstoneError */
  checkVideo(request: JudgeVideoRequest): Promise<ResultRecord>;
  close(): Promise<void>;
}
