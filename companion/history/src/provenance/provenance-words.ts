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
import type { MessageKey } from '../i18n/en.ts';

export const STATE_KEYS: Readonly<Record<ProvenanceState, MessageKey>> = {
  trusted: 'provenanceTrusted',
  'unknown-signer': 'provenanceUnknown',
  broken: 'provenanceBroken',
  unreadable: 'provenanceUnreadable',
};

export const STATE_HELP: Readonly<Record<ProvenanceState, MessageKey>> = {
  trusted: 'provenanceTrustedHelp',
  'unknown-signer': 'provenanceUnknownHelp',
  broken: 'provenanceBrokenHelp',
  unreadable: 'provenanceUnreadableHelp',
};

const ORIGIN_KEYS: Readonly<Record<OriginKind, MessageKey>> = {
  ai: 'originAi',
  'ai-parts': 'originAiParts',
  camera: 'originCamera',
  none: 'originNone',
};

export const originKey = (origin: Provenance['origin']): MessageKey => ORIGIN_KEYS[originKind(origin)];

const ACTION_KEYS: Readonly<Record<ActionKind, MessageKey>> = {
  created: 'actionCreated',
  opened: 'actionOpened',
  edited: 'actionEdited',
  metadata: 'actionMetadata',
  placed: 'actionPlaced',
  removed: 'actionRemoved',
  cropped: 'actionCropped',
  resized: 'actionResized',
  orientation: 'actionOrientation',
  colours: 'actionColours',
  filtered: 'actionFiltered',
  drawing: 'actionDrawing',
  converted: 'actionConverted',
  published: 'actionPublished',
  redacted: 'actionRedacted',
  watermarked: 'actionWatermarked',
};

/** Words for an action; undefined for one that the standard does not name. */
export function actionKey(action: string): MessageKey | undefined {
  const kind = actionKind(action);
  return kind && ACTION_KEYS[kind];
}

const SOURCE_KEYS: Readonly<Record<SourceKind, MessageKey>> = {
  trained: 'sourceTrained',
  'trained-parts': 'sourceTrainedParts',
  algorithm: 'sourceAlgorithm',
  camera: 'sourceCamera',
  art: 'sourceArt',
  composite: 'sourceComposite',
  screen: 'sourceScreen',
};

export function sourceKey(type: string): MessageKey | undefined {
  const kind = sourceKind(type);
  return kind && SOURCE_KEYS[kind];
}

const FAILURE_KEYS: Readonly<Record<FailureKind, MessageKey>> = {
  pixels: 'failurePixels',
  statement: 'failureStatement',
  missing: 'failureMissing',
  signature: 'failureSignature',
  claim: 'failureClaim',
  expired: 'failureExpired',
  revoked: 'failureRevoked',
  untrusted: 'failureUntrusted',
  certificate: 'failureCertificate',
  time: 'failureTime',
  ingredient: 'failureIngredient',
  algorithm: 'failureAlgorithm',
  other: 'failureOther',
};

/** What the failed status codes mean, each meaning once. */
export const failureKeys = (codes: readonly string[]): MessageKey[] =>
  failureKinds(codes).map((kind) => FAILURE_KEYS[kind]);
