import type { Provenance, ProvenanceState } from '@touchstone/shared';
import {
  type ActionKind,
  actionKind,
  type FailureKind,
  failureKinds,
  type OriginKind,
  originKind,
  type SourceKind,
  sourceKind,
} from '@touchstone/shared/present';
import type { MessageKey } from '@touchstone/shared/words';

export const STATE_KEYS: Readonly<Record<ProvenanceState, MessageKey>> = {
  trusted: 'provenance-trusted',
  'unknown-signer': 'provenance-unknown',
  broken: 'provenance-broken',
  unreadable: 'provenance-unreadable',
};

export const STATE_HELP: Readonly<Record<ProvenanceState, MessageKey>> = {
  trusted: 'provenance-trusted-help',
  'unknown-signer': 'provenance-unknown-help',
  broken: 'provenance-broken-help',
  unreadable: 'provenance-unreadable-help',
};

const ORIGIN_KEYS: Readonly<Record<OriginKind, MessageKey>> = {
  ai: 'origin-ai',
  'ai-parts': 'origin-ai-parts',
  camera: 'origin-camera',
  none: 'origin-none',
};

export const originKey = (origin: Provenance['origin']): MessageKey => ORIGIN_KEYS[originKind(origin)];

const ACTION_KEYS: Readonly<Record<ActionKind, MessageKey>> = {
  created: 'action-created',
  opened: 'action-opened',
  edited: 'action-edited',
  metadata: 'action-metadata',
  placed: 'action-placed',
  removed: 'action-removed',
  cropped: 'action-cropped',
  resized: 'action-resized',
  orientation: 'action-orientation',
  colours: 'action-colours',
  filtered: 'action-filtered',
  drawing: 'action-drawing',
  converted: 'action-converted',
  published: 'action-published',
  redacted: 'action-redacted',
  watermarked: 'action-watermarked',
};

/** Words for an action; undefined for one that the standard does not name. */
export function actionKey(action: string): MessageKey | undefined {
  const kind = actionKind(action);
  return kind && ACTION_KEYS[kind];
}

const SOURCE_KEYS: Readonly<Record<SourceKind, MessageKey>> = {
  trained: 'source-trained',
  'trained-parts': 'source-trained-parts',
  algorithm: 'source-algorithm',
  camera: 'source-camera',
  art: 'source-art',
  composite: 'source-composite',
  screen: 'source-screen',
};

export function sourceKey(type: string): MessageKey | undefined {
  const kind = sourceKind(type);
  return kind && SOURCE_KEYS[kind];
}

const FAILURE_KEYS: Readonly<Record<FailureKind, MessageKey>> = {
  pixels: 'failure-pixels',
  statement: 'failure-statement',
  missing: 'failure-missing',
  signature: 'failure-signature',
  claim: 'failure-claim',
  expired: 'failure-expired',
  revoked: 'failure-revoked',
  untrusted: 'failure-untrusted',
  certificate: 'failure-certificate',
  time: 'failure-time',
  ingredient: 'failure-ingredient',
  algorithm: 'failure-algorithm',
  other: 'failure-other',
};

/** What the failed status codes mean, each meaning once. */
export const failureKeys = (codes: readonly string[]): MessageKey[] =>
  failureKinds(codes).map((kind) => FAILURE_KEYS[kind]);
