import type { Provenance, ProvenanceState } from '@touchstone/shared';
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

const ACTION_KEYS = new Map<string, MessageKey>(
  Object.entries({
    'c2pa.created': 'actionCreated',
    'c2pa.opened': 'actionOpened',
    'c2pa.edited': 'actionEdited',
    'c2pa.edited.metadata': 'actionMetadata',
    'c2pa.placed': 'actionPlaced',
    'c2pa.removed': 'actionRemoved',
    'c2pa.cropped': 'actionCropped',
    'c2pa.resized': 'actionResized',
    'c2pa.orientation': 'actionOrientation',
    'c2pa.color_adjustments': 'actionColours',
    'c2pa.filtered': 'actionFiltered',
    'c2pa.drawing': 'actionDrawing',
    'c2pa.converted': 'actionConverted',
    'c2pa.transcoded': 'actionConverted',
    'c2pa.repackaged': 'actionConverted',
    'c2pa.published': 'actionPublished',
    'c2pa.redacted': 'actionRedacted',
    'c2pa.watermarked': 'actionWatermarked',
  }),
);

/** Words for an action; undefined for one that the standard does not name. */
export const actionKey = (action: string): MessageKey | undefined => ACTION_KEYS.get(action);

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

/** What failed, from the start of the status code; the first that fits counts. */
const FAILURES: readonly (readonly [RegExp, MessageKey])[] = [
  [/^assertion\.(dataHash|bmffHash|boxesHash|collectionHash)\.(mismatch|malformed)/, 'failurePixels'],
  [/^assertion\.hashedURI\.mismatch/, 'failureStatement'],
  [/^assertion\.(missing|inaccessible|required)/, 'failureMissing'],
  [/^assertion\./, 'failureStatement'],
  [/^claimSignature\.(mismatch|missing)/, 'failureSignature'],
  [/^claim\./, 'failureClaim'],
  [/^signingCredential\.expired/, 'failureExpired'],
  [/^signingCredential\.(revoked|ocsp\.revoked)/, 'failureRevoked'],
  [/^signingCredential\.untrusted/, 'failureUntrusted'],
  [/^signingCredential\./, 'failureCertificate'],
  [/^timeStamp\./, 'failureTime'],
  [/^ingredient\./, 'failureIngredient'],
  [/^algorithm\./, 'failureAlgorithm'],
];

/** What the failed status codes mean, each meaning once. */
export function failureKeys(codes: readonly string[]): MessageKey[] {
  const keys = codes.map((code) => FAILURES.find(([pattern]) => pattern.test(code))?.[1] ?? 'failureOther');
  return [...new Set(keys)];
}
