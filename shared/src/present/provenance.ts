import type { Provenance, ProvenanceState } from '../provenance.ts';

/** What can be done to a file, as Content Credentials tell it (C2PA specification, actions), in the kinds that have words. */
const ACTIONS = {
  'c2pa.created': 'created',
  'c2pa.opened': 'opened',
  'c2pa.edited': 'edited',
  'c2pa.edited.metadata': 'metadata',
  'c2pa.placed': 'placed',
  'c2pa.removed': 'removed',
  'c2pa.cropped': 'cropped',
  'c2pa.resized': 'resized',
  'c2pa.orientation': 'orientation',
  'c2pa.color_adjustments': 'colours',
  'c2pa.filtered': 'filtered',
  'c2pa.drawing': 'drawing',
  'c2pa.converted': 'converted',
  'c2pa.transcoded': 'converted',
  'c2pa.repackaged': 'converted',
  'c2pa.published': 'published',
  'c2pa.redacted': 'redacted',
  'c2pa.watermarked': 'watermarked',
} as const;
export type ActionKind = (typeof ACTIONS)[keyof typeof ACTIONS];

const ACTION_KINDS: ReadonlyMap<string, ActionKind> = new Map(Object.entries(ACTIONS));

/** @returns undefined for an action that the standard does not name */
export const actionKind = (action: string): ActionKind | undefined => ACTION_KINDS.get(action);

/** What failed, from the start of the status code; the first that fits counts. */
const FAILURES = [
  [/^assertion\.(dataHash|bmffHash|boxesHash|collectionHash|multiAssetHash)\./, 'pixels'],
  [/^assertion\.hashedURI\.mismatch/, 'statement'],
  [/^assertion\.(missing|inaccessible|required)/, 'missing'],
  [/^assertion\./, 'statement'],
  [/^claimSignature\./, 'signature'],
  [/^claim\./, 'claim'],
  [/^signingCredential\.expired/, 'expired'],
  [/^signingCredential\.(revoked|ocsp\.revoked)/, 'revoked'],
  [/^signingCredential\.untrusted/, 'untrusted'],
  [/^signingCredential\./, 'certificate'],
  [/^timeStamp\./, 'time'],
  [/^ingredient\./, 'ingredient'],
  [/^algorithm\./, 'algorithm'],
] as const;
export type FailureKind = (typeof FAILURES)[number][1] | 'other';

/** What failed status codes of Content Credentials mean, each meaning once. */
export function failureKinds(codes: readonly string[]): FailureKind[] {
  return [...new Set(codes.map((code) => FAILURES.find(([pattern]) => pattern.test(code))?.[1] ?? 'other'))];
}

/** Failures that mean that the file is not as it was signed; the others speak of who signed it, and when. */
const CHANGES: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'pixels',
  'statement',
  'missing',
  'signature',
  'claim',
  'ingredient',
]);

/** What was changed after signing, by failed status codes, each once. */
export const changedKinds = (codes: readonly string[]): FailureKind[] =>
  failureKinds(codes).filter((kind) => CHANGES.has(kind));

/** Our own marks for a state: the pin of the Content Credentials programme is reserved for its members. */
export const STATE_SEALS = {
  trusted: 'sealed',
  'unknown-signer': 'sealed-unknown',
  broken: 'sealed-broken',
  unreadable: 'sealed-broken',
} as const satisfies Readonly<Record<ProvenanceState, string>>;

export type OriginKind = NonNullable<Provenance['origin']> | 'none';

/** What a manifest says of the whole; "nothing" has words too. */
export const originKind = (origin: Provenance['origin']): OriginKind => origin ?? 'none';

/** IPTC digital source types, by their last part, in the kinds that have words. */
const SOURCES = {
  trainedAlgorithmicMedia: 'trained',
  compositeWithTrainedAlgorithmicMedia: 'trained-parts',
  algorithmicMedia: 'algorithm',
  digitalCapture: 'camera',
  computationalCapture: 'camera',
  digitalArt: 'art',
  digitalCreation: 'art',
  composite: 'composite',
  screenCapture: 'screen',
} as const;
export type SourceKind = (typeof SOURCES)[keyof typeof SOURCES];

const SOURCE_KINDS: ReadonlyMap<string, SourceKind> = new Map(Object.entries(SOURCES));

/** @returns undefined for a source type without words */
export const sourceKind = (type: string): SourceKind | undefined => SOURCE_KINDS.get(type);
