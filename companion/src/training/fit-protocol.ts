import type { Taught, TeachData, TeachSettings } from '@touchstone/models/learning';

/** To the thread that teaches. */
export interface FitQuestion {
  readonly data: TeachData;
  readonly settings: TeachSettings;
  /** Two 32-bit numbers that both sides see: the place in FIT_STAGES, and how much of it is done, in thousandths. */
  readonly progress: SharedArrayBuffer;
}

export type FitAnswer = { readonly taught: Taught } | { readonly failed: string };

export const FIT_STAGES = ['training', 'evaluating'] as const;
export const FIT_PROGRESS_BYTES = 8;
export const WHOLE = 1_000;
