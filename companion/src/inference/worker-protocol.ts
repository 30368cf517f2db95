import type { PackAnswer, ViewBatch } from '@touchstone/models';

/** To the inference thread. Views lie in shared memory: nothing is copied, and they are still here for a retry. */
export type WorkerRequest =
  | {
      readonly type: 'run';
      readonly folder: string;
      /** Of the pack's graph: what lies in the folder now may be another. */
      readonly sha256: string;
      readonly provider: string;
      /** One entry a picture; one without views only opens the session. */
      readonly pictures: readonly ViewBatch[];
    }
  /** Gives a pack's memory back. */
  | { readonly type: 'release'; readonly folder: string }
  /** Gives back what large runs left, the packs stay open. */
  | { readonly type: 'shrink' };

/** From the inference thread. */
export type WorkerReply =
  | {
      readonly type: 'answers';
      readonly answers: readonly (PackAnswer | undefined)[];
      readonly ms: number;
    }
  | {
      readonly type: 'failed';
      /** The pack itself is at fault, so that trying again is useless. */
      readonly packInvalid: boolean;
      readonly detail: string;
    }
  | { readonly type: 'released' }
  | { readonly type: 'shrunk' };
