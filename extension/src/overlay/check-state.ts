import type { BandMeasurement, ErrorReport, ImageSearch, Label, ResultRecord } from '@touchstone/shared';
import { type Step, stepOf } from '@touchstone/shared/present';
import type { HeatState } from './heat/heat-state.ts';
import type { PicturesState } from './pick/pictures-state.ts';
import type { VideoCheckState } from './video/video-state.ts';

export type CheckStage = 'fetching' | 'waiting' | 'queued' | 'decoding' | 'judging';

/** Where one check stands. */
export type CheckState =
  | { readonly kind: 'checking'; readonly stage?: CheckStage }
  | {
      readonly kind: 'verdict';
      readonly record: ResultRecord;
      /** What the record's band of probability was worth where it was counted. */
      readonly measured?: BandMeasurement;
    }
  | { readonly kind: 'error'; readonly error: ErrorReport }
  | VideoCheckState
  | PicturesState;

/** The "Wrong?" conversation. */
export type LabelState =
  | { readonly status: 'none' }
  | { readonly status: 'asking' }
  | { readonly status: 'saving' }
  | { readonly status: 'saved'; readonly label: Label }
  | { readonly status: 'failed'; readonly error: ErrorReport };

/** Passing the result on: what became of the last copy. */
export type ShareState = 'closed' | 'open' | 'copying' | 'copied' | 'refused';

/** Everything the card shows. */
export interface CardView {
  readonly state: CheckState;
  readonly label: LabelState;
  readonly share?: ShareState;
  /** Absent where nothing can be drawn over what was checked. */
  readonly heat?: HeatState;
  /** Service that looks for pictures by their address, where the person chose one. */
  readonly imageSearch?: Exclude<ImageSearch, 'none'>;
  /** Set where the check is not about one picture. */
  readonly subject?: string;
  /** A small copy of the picture, already drawn. */
  readonly thumbnail?: HTMLCanvasElement;
}

/** What a button of the card asks for. */
export const CARD_ACTIONS = [
  'close',
  'move',
  'to-picture',
  'picture',
  'pictures',
  'rectangle',
  'rectangle-check',
  'rectangle-cancel',
  'history',
  'again',
  'retry',
  'pair',
  'wrong',
  'back',
  'undo',
  'stop',
  'seek',
  'timeline',
  'heat',
  'search',
  'share',
  'share-text',
  'share-picture',
  'share-close',
  'label-fake',
  'label-real',
  'label-unsure',
] as const;
export type CardAction = (typeof CARD_ACTIONS)[number];

/** The record of a check that is over. */
export function recordOf(state: CheckState): ResultRecord | undefined {
  return state.kind === 'verdict' || state.kind === 'video' ? state.record : undefined;
}

/** Step of the scale, or what stands for it, as the style sheet and the icons know it. */
export function toneOf(state: CheckState): Step | 'error' | 'pending' | 'list' {
  if (state.kind === 'verdict') return stepOf(state.record.verdict);
  if (state.kind === 'pictures') return 'list';
  if (state.kind === 'video') {
    if (state.activity === 'ended') return state.verdict ? stepOf(state.verdict) : 'error';
    return state.framesAnalyzed > 0 && state.verdict ? stepOf(state.verdict) : 'pending';
  }
  return state.kind === 'error' ? 'error' : 'pending';
}
