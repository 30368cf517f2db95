import type { ErrorReport, Explanation } from '@touchstone/shared';

/** Where the question "where does the score come from?" stands. */
export type HeatStep =
  | { readonly step: 'none' }
  | { readonly step: 'asking' }
  | { readonly step: 'known'; readonly explanation: Explanation; readonly shown: boolean }
  | { readonly step: 'failed'; readonly error: ErrorReport };
