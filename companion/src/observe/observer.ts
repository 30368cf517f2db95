import type { Lane } from '@touchstone/shared';

/** What a check goes through, in order. `total` is all of it, from its receipt to its record. */
export const STAGES = [
  'receive',
  'queue',
  'decode',
  'preprocess',
  'inference',
  'faces',
  'evidence',
  'record',
  'total',
] as const;
export type Stage = (typeof STAGES)[number];

/** What is kept so that it need not be worked out again; one that is new registers itself by its name here. */
export const CACHES = ['results', 'embeddings'] as const;
export type Cache = (typeof CACHES)[number];

/** One check, as it is watched. Times are those of `performance.now()`. */
export interface CheckWatch {
  /** Tells that a stage is over. */
  stage(name: Stage, startedAt: number, endedAt: number): void;
  /** Tells that the check is over. @param error absent where it has a record */
  end(error?: unknown): void;
}

export interface WatchedCheck {
  readonly lane: Lane;
  readonly medium: 'picture' | 'frame' | 'video';
  /** W3C `traceparent` of whoever asked. */
  readonly trace?: string | undefined;
}

/** One run of a pack's graph. */
export interface WatchedRun {
  /** Pictures whose views were in it. */
  readonly pictures: number;
  readonly provider: string;
}

/**
 * Is told what the rooms do, as they do it, and nothing about what they do it to: no address, no name, no byte. It must return at
 * once and never throw.
 */
export interface Observer {
  check(check: WatchedCheck): CheckWatch;
  run(run: WatchedRun): void;
  cache(name: Cache, hit: boolean): void;
}

const NOBODY: CheckWatch = { stage: () => undefined, end: () => undefined };

/** Where nobody watches: the command line, tests. */
export const NO_OBSERVER: Observer = { check: () => NOBODY, run: () => undefined, cache: () => undefined };
