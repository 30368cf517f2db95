import type { Provenance, ProvenanceState } from '@touchstone/shared';
import { actionKind, failureKinds, originKind, STATE_SEALS } from '@touchstone/shared/present';
import type { CardKey as MessageKey } from '@touchstone/shared/words';
import type { IconName } from '../draw/icons.ts';

interface StateWords {
  readonly title: MessageKey;
  readonly help: MessageKey;
  readonly icon: IconName;
}

export const STATE_WORDS: Readonly<Record<ProvenanceState, StateWords>> = {
  trusted: { title: 'provenance-trusted', help: 'provenance-trusted-help', icon: STATE_SEALS.trusted },
  'unknown-signer': {
    title: 'provenance-unknown',
    help: 'provenance-unknown-help',
    icon: STATE_SEALS['unknown-signer'],
  },
  broken: { title: 'provenance-broken', help: 'provenance-broken-help', icon: STATE_SEALS.broken },
  unreadable: { title: 'provenance-unreadable', help: 'provenance-unreadable-help', icon: STATE_SEALS.unreadable },
};

export const originWords = (origin: Provenance['origin']): MessageKey => `origin-${originKind(origin)}`;

/** Words for an action; undefined for one that the standard does not name. */
export function actionWords(action: string): MessageKey | undefined {
  const kind = actionKind(action);
  return kind && `action-${kind}`;
}

/** What the failed status codes mean, each meaning once. */
export const failureWords = (codes: readonly string[]): MessageKey[] =>
  failureKinds(codes).map((kind) => `failure-${kind}` as const);
