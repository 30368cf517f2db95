import type { ThreadActivity } from './thread-activity.ts';

/** `workerData` of every supervised thread. */
export interface ThreadStart {
  readonly activity: ThreadActivity;
  /** What its program needs to know from the start. */
  readonly data: unknown;
}

/** To a thread. `tell` has no answer. */
export type ToThread<Question> =
  | { readonly type: 'ask'; readonly id: number; readonly question: Question }
  | { readonly type: 'tell'; readonly question: Question }
  | { readonly type: 'end' };

/** From a thread. `ready`: its program is loaded. */
export type FromThread<Answer> =
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answer };
