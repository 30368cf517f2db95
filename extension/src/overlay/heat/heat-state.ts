import type { ErrorReport, Explanation } from '@touchstone/shared';

/** Where the question "where does the score come from?" stands. */
export type HeatState =
  | { readonly status: 'none' }
  | { readonly status: 'asking' }
  | { readonly status: 'known'; readonly explanation: Explanation; readonly shown: boolean }
  | { readonly status: 'failed'; readonly error: ErrorReport };
