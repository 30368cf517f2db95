import type { CaptureKind, CapturePath, Label, Lane, VerdictValue } from '@touchstone/shared';
import type { Step } from '@touchstone/shared/present';
import type { MessageKey } from '@touchstone/shared/words';

/** Names of values of the contract, by value. */
export const STEP_KEYS = {
  'likely-ai': 'step-likely-ai',
  'leans-ai': 'step-leans-ai',
  unclear: 'step-unclear',
  'leans-authentic': 'step-leans-authentic',
  'likely-authentic': 'step-likely-authentic',
} as const satisfies Record<Step, MessageKey>;

/** Verdicts as they are stored. */
export const VERDICT_KEYS = {
  fake: 'step-likely-ai',
  uncertain: 'filter-between',
  real: 'step-likely-authentic',
} as const satisfies Record<VerdictValue, MessageKey>;

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
