import * as v from 'valibot';
import { FiniteNumber } from './finite-number.ts';
import { openCode } from './open-code.ts';
import { REASON_CODES } from './sentences.ts';

/** Who found it, in the order in which reasons of equal weight are told; see the fusion table of the companion. */
export const EVIDENCE_KINDS = ['provenance', 'metadata', 'classifier', 'face', 'seen-before'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** False for a kind that only a newer Touchstone knows. */
export const isEvidenceKind = (kind: string): kind is EvidenceKind => EVIDENCE_KINDS.some((known) => known === kind);

export const Direction = v.picklist(['ai', 'camera', 'neutral']);
export type Direction = v.InferOutput<typeof Direction>;

const Scalar = v.union([v.string(), FiniteNumber, v.boolean(), v.null()]);

/** One finding. `strength` is 0..1 within its kind; kinds are not comparable by it. */
export const Evidence = v.object({
  kind: openCode(EVIDENCE_KINDS),
  direction: Direction,
  strength: v.pipe(FiniteNumber, v.minValue(0), v.maxValue(1)),
  /** Sentence for people, by code; `sentence` is its English text. */
  code: openCode(REASON_CODES),
  sentence: v.string(),
  /** Machine-readable details: flat, small, JSON-safe. */
  details: v.record(v.string(), Scalar),
});
export type Evidence = v.InferOutput<typeof Evidence>;
