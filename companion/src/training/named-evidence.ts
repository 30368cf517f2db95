import { EVIDENCE_KINDS, type Evidence } from '@touchstone/shared';

/** Kinds of evidence that a file brings along, whatever a model says of its pixels. */
const NAMED: readonly string[] = ['provenance', 'metadata'];
/** Of one picture, so that the nearest pictures are reasons too. */
const MOST = 2;

const ORDER: readonly string[] = EVIDENCE_KINDS;
const rank = ({ kind }: Evidence): number => ORDER.indexOf(kind);

/** What a file says of how it was made, the strongest first. */
export function namedEvidence(evidence: readonly Evidence[]): Evidence[] {
  return evidence
    .filter(({ kind, direction }) => NAMED.includes(kind) && direction !== 'neutral')
    .toSorted((a, b) => rank(a) - rank(b) || b.strength - a.strength)
    .slice(0, MOST);
}
