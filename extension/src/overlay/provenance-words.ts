import type { Provenance, ProvenanceState } from '@touchstone/shared';
import type { MessageKey } from '../i18n/messages.ts';
import type { IconName } from './icons.ts';

interface StateWords {
  readonly title: MessageKey;
  readonly help: MessageKey;
  /** Our own marks: the pin of the Content Credentials programme is reserved for its members. */
  readonly icon: IconName;
}

export const STATE_WORDS: Readonly<Record<ProvenanceState, StateWords>> = {
  trusted: { title: 'provenance-trusted', help: 'provenance-trusted-help', icon: 'sealed' },
  'unknown-signer': { title: 'provenance-unknown', help: 'provenance-unknown-help', icon: 'sealed-unknown' },
  broken: { title: 'provenance-broken', help: 'provenance-broken-help', icon: 'sealed-broken' },
  unreadable: { title: 'provenance-unreadable', help: 'provenance-unreadable-help', icon: 'sealed-broken' },
};

const ORIGINS = { ai: 'origin-ai', 'ai-parts': 'origin-ai-parts', camera: 'origin-camera' } as const;
export const originWords = (origin: Provenance['origin']): MessageKey =>
  origin === null ? 'origin-none' : ORIGINS[origin];

const ACTIONS = new Map<string, MessageKey>([
  ['c2pa.created', 'action-created'],
  ['c2pa.opened', 'action-opened'],
  ['c2pa.edited', 'action-edited'],
  ['c2pa.edited.metadata', 'action-metadata'],
  ['c2pa.placed', 'action-placed'],
  ['c2pa.removed', 'action-removed'],
  ['c2pa.cropped', 'action-cropped'],
  ['c2pa.resized', 'action-resized'],
  ['c2pa.orientation', 'action-orientation'],
  ['c2pa.color_adjustments', 'action-colours'],
  ['c2pa.filtered', 'action-filtered'],
  ['c2pa.drawing', 'action-drawing'],
  ['c2pa.converted', 'action-converted'],
  ['c2pa.transcoded', 'action-converted'],
  ['c2pa.repackaged', 'action-converted'],
  ['c2pa.published', 'action-published'],
  ['c2pa.redacted', 'action-redacted'],
  ['c2pa.watermarked', 'action-watermarked'],
]);
/** Words for an action; undefined for one that the standard does not name. */
export const actionWords = (action: string): MessageKey | undefined => ACTIONS.get(action);

/** What failed, from the start of the status code; the first that fits counts. */
const FAILURES: readonly (readonly [RegExp, MessageKey])[] = [
  [/^assertion\.(dataHash|bmffHash|boxesHash|collectionHash)\.(mismatch|malformed)/, 'failure-pixels'],
  [/^assertion\.hashedURI\.mismatch/, 'failure-statement'],
  [/^assertion\.(missing|inaccessible|required)/, 'failure-missing'],
  [/^assertion\./, 'failure-statement'],
  [/^claimSignature\.(mismatch|missing)/, 'failure-signature'],
  [/^claim\./, 'failure-claim'],
  [/^signingCredential\.expired/, 'failure-expired'],
  [/^signingCredential\.(revoked|ocsp\.revoked)/, 'failure-revoked'],
  [/^signingCredential\.untrusted/, 'failure-untrusted'],
  [/^signingCredential\./, 'failure-certificate'],
  [/^timeStamp\./, 'failure-time'],
  [/^ingredient\./, 'failure-ingredient'],
  [/^algorithm\./, 'failure-algorithm'],
];

/** What the failed status codes mean, each meaning once. */
export function failureWords(codes: readonly string[]): MessageKey[] {
  const keys = codes.map((code) => FAILURES.find(([pattern]) => pattern.test(code))?.[1] ?? 'failure-other');
  return [...new Set(keys)];
}
