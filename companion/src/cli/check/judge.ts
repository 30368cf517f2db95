import type { ResultRecord } from '@touchstone/shared';

export interface JudgeRequest {
  /** Encoded picture. */
  readonly bytes: Uint8Array;
  /** Without its folder; absent for standard input. */
  readonly fileName: string | undefined;
  readonly signal: AbortSignal;
}

/** Whoever checks the files: a running companion, or a pipeline in this process. */
export interface Judge {
  /** For people, at the end of the table: "by the companion on port 47615". */
  readonly place: string;
  /** Checks worth having under way at once. */
  readonly concurrency: number;
  /** @throws TouchstoneError */
  check(request: JudgeRequest): Promise<ResultRecord>;
  close(): Promise<void>;
}
