import type { PackAnswer, ViewBatch } from '@touchstone/models';

/** To the inference thread. Views lie in shared memory: nothing is copied, and they are still here for a retry. */
export type WorkerRequest =
  | {
      readonly type: 'run';
      readonly id: number;
      readonly folder: string;
      readonly provider: string;
      /** One entry a picture; one without views only opens the session. */
      readonly pictures: readonly ViewBatch[];
    }
  | { readonly type: 'release'; readonly folder: string };

/** From the inference thread. */
export type WorkerReply =
  | {
      readonly type: 'answers';
      readonly id: number;
      readonly answers: readonly (PackAnswer | undefined)[];
      readonly ms: number;
    }
  | {
      readonly type: 'failed';
      readonly id: number;
      /** The pack itself is at fault, so that trying again is useless. */
      readonly packInvalid: boolean;
      readonly detail: string;
    };
