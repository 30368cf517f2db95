import { actionKind, failureKinds, type Provenance, type ProvenanceState } from '@touchstone/shared';
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

/** Words for an action; undefined for one that the standard does not name. */
export function actionWords(action: string): MessageKey | undefined {
  const kind = actionKind(action);
  return kind && `action-${kind}`;
}

/** What the failed status codes mean, each meaning once. */
export const failureWords = (codes: readonly string[]): MessageKey[] =>
  failureKinds(codes).map((kind) => `failure-${kind}` as const);
