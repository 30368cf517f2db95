import type { BandKey, CaptureKind, CapturePath, Confidence, Label, Lane, VerdictValue } from '@touchstone/shared';
import type { MessageKey } from '../i18n/en.ts';
import type { IconName } from './icons.tsx';

/** Names of values of the contract, by value. */
export const VERDICT_KEYS = {
  fake: 'likelyAi',
  uncertain: 'uncertain',
  real: 'likelyAuthentic',
} as const satisfies Record<VerdictValue, MessageKey>;

export const VERDICT_ICONS: Readonly<Record<VerdictValue, IconName>> = {
  fake: 'ai',
  uncertain: 'question',
  real: 'camera',
};

export const LABEL_KEYS = {
  fake: 'labelFake',
  real: 'labelReal',
  unsure: 'labelUnsure',
  none: 'labelNone',
} as const satisfies Record<Label | 'none', MessageKey>;

export const KIND_KEYS = {
  image: 'kindImage',
  'video-frame': 'kindFrame',
  video: 'kindVideo',
} as const satisfies Record<CaptureKind, MessageKey>;

export const PATH_KEYS = {
  'original-bytes': 'pathOriginal',
  'page-blob': 'pathPageBlob',
  file: 'pathFile',
  canvas: 'pathCanvas',
  screenshot: 'pathScreenshot',
} as const satisfies Record<CapturePath, MessageKey>;

export const LANE_KEYS = { live: 'laneLive', asked: 'laneAsked', bulk: 'laneBulk' } as const satisfies Record<
  Lane,
  MessageKey
>;

export const CONFIDENCE_KEYS = {
  high: 'confidenceHigh',
  medium: 'confidenceMedium',
  low: 'confidenceLow',
} as const satisfies Record<Confidence, MessageKey>;

export const BAND_WORDS = {
  unlikely: 'bandUnlikely',
  'rather-unlikely': 'bandRatherUnlikely',
  'rather-likely': 'bandRatherLikely',
  likely: 'bandLikely',
} as const satisfies Record<BandKey, MessageKey>;
