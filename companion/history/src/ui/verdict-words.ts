import type { BandKey, CaptureKind, CapturePath, Confidence, Label, Lane, VerdictValue } from '@touchstone/shared';
import type { MessageKey } from '@touchstone/shared/words';
import type { IconName } from './icons.tsx';

/** Names of values of the contract, by value. */
export const VERDICT_KEYS = {
  fake: 'verdict-fake',
  uncertain: 'verdict-uncertain',
  real: 'verdict-real',
} as const satisfies Record<VerdictValue, MessageKey>;

export const VERDICT_ICONS: Readonly<Record<VerdictValue, IconName>> = {
  fake: 'ai',
  uncertain: 'question',
  real: 'camera',
};

export const LABEL_KEYS = {
  fake: 'history-label-fake',
  real: 'history-label-real',
  unsure: 'label-unsure',
  none: 'label-none',
} as const satisfies Record<Label | 'none', MessageKey>;

export const KIND_KEYS = {
  image: 'picture',
  'video-frame': 'kind-frame',
  video: 'kind-video',
} as const satisfies Record<CaptureKind, MessageKey>;

export const PATH_KEYS = {
  'original-bytes': 'path-original',
  'page-blob': 'history-path-page-blob',
  file: 'history-path-file',
  canvas: 'history-path-canvas',
  screenshot: 'history-path-screenshot',
} as const satisfies Record<CapturePath, MessageKey>;

export const LANE_KEYS = { live: 'lane-live', asked: 'lane-asked', bulk: 'lane-bulk' } as const satisfies Record<
  Lane,
  MessageKey
>;

export const CONFIDENCE_KEYS = {
  high: 'history-confidence-high',
  medium: 'history-confidence-medium',
  low: 'history-confidence-low',
} as const satisfies Record<Confidence, MessageKey>;

export const BAND_WORDS = {
  unlikely: 'band-unlikely',
  'rather-unlikely': 'band-rather-unlikely',
  'rather-likely': 'band-rather-likely',
  likely: 'band-likely',
} as const satisfies Record<BandKey, MessageKey>;
