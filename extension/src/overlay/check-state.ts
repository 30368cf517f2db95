import type { ErrorReport, Label, ResultRecord } from '@touchstone/shared';

export type CheckStage = 'fetching' | 'waiting' | 'queued' | 'decoding' | 'judging';

/** Where one check stands. */
export type CheckState =
  | { readonly kind: 'checking'; readonly stage?: CheckStage }
  | { readonly kind: 'verdict'; readonly record: ResultRecord }
  | { readonly kind: 'error'; readonly error: ErrorReport };

/** The "Wrong?" conversation. */
export type LabelStep =
  | { readonly step: 'none' }
  | { readonly step: 'asking' }
  | { readonly step: 'saving' }
  | { readonly step: 'saved'; readonly label: Label }
  | { readonly step: 'failed'; readonly error: ErrorReport };

/** Everything the card shows. */
export interface CardView {
  readonly state: CheckState;
  readonly label: LabelStep;
  /** Set where the check is not about one picture. */
  readonly subject?: string;
}

/** What a button of the card asks for. */
export const CARD_ACTIONS = [
  'close',
  'history',
  'again',
  'retry',
  'wrong',
  'back',
  'undo',
  'label-fake',
  'label-real',
  'label-unsure',
] as const;
export type CardAction = (typeof CARD_ACTIONS)[number];

/** Verdict value, or what stands for it, as the style sheet and the icons know it. */
export function toneOf(state: CheckState): 'fake' | 'real' | 'uncertain' | 'error' | 'pending' {
  if (state.kind === 'verdict') return state.record.verdict.value;
  return state.kind === 'error' ? 'error' : 'pending';
}
