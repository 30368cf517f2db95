import {
  type ActionKind,
  actionKind,
  type FailureKind,
  failureKinds,
  type Provenance,
  type ProvenanceState,
} from '@touchstone/shared';
import type { MessageKey } from '../i18n/en.ts';
import type { IconName } from '../ui/icons.tsx';

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

/** Our own marks: the pin of the Content Credentials programme is reserved for its members. */
export const STATE_ICONS: Readonly<Record<ProvenanceState, IconName>> = {
  trusted: 'sealed',
  'unknown-signer': 'sealed-unknown',
  broken: 'sealed-broken',
  unreadable: 'sealed-broken',
};

const ORIGIN_KEYS = { ai: 'originAi', 'ai-parts': 'originAiParts', camera: 'originCamera' } as const;

export function originKey(origin: Provenance['origin']): MessageKey {
  return origin === null ? 'originNone' : ORIGIN_KEYS[origin];
}

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

const SOURCE_KEYS = new Map<string, MessageKey>(
  Object.entries({
    trainedAlgorithmicMedia: 'sourceTrained',
    compositeWithTrainedAlgorithmicMedia: 'sourceTrainedParts',
    algorithmicMedia: 'sourceAlgorithm',
    digitalCapture: 'sourceCamera',
    computationalCapture: 'sourceCamera',
    digitalArt: 'sourceArt',
    digitalCreation: 'sourceArt',
    composite: 'sourceComposite',
    screenCapture: 'sourceScreen',
  }),
);

export const sourceKey = (type: string): MessageKey | undefined => SOURCE_KEYS.get(type);

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
