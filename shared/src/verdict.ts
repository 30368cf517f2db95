import * as v from 'valibot';
import { Direction } from './evidence.ts';
import { FiniteNumber } from './finite-number.ts';
import { openCode } from './open-code.ts';
import { CAVEAT_CODES, REASON_CODES } from './sentences.ts';

export const VERDICT_VALUES = ['fake', 'real', 'uncertain'] as const;
export const VerdictValue = v.picklist(VERDICT_VALUES);
export type VerdictValue = v.InferOutput<typeof VerdictValue>;

/** The words a person reads. "Proof" is never among them. */
export const VERDICT_WORDS: Readonly<Record<VerdictValue, string>> = {
  fake: 'Likely AI',
  real: 'Likely authentic',
  uncertain: 'Uncertain',
};

export const CONFIDENCE_LEVELS = ['high', 'medium', 'low'] as const;
export const Confidence = v.picklist(CONFIDENCE_LEVELS);
export type Confidence = v.InferOutput<typeof Confidence>;

/** Above these calibrated probabilities of the verdict itself, confidence is high or medium. */
export const CONFIDENCE_ABOVE = { high: 0.8, medium: 0.5 } as const;

/**
 * Confidence level of a verdict.
 * @param value the verdict
 * @param probability calibrated probability that the picture is AI, 0..1
 * @returns `high` above 0.8 and `medium` above 0.5 of the verdict's own probability; "uncertain" is always `low`
 */
export function confidenceOf(value: VerdictValue, probability: number): Confidence {
  if (value === 'uncertain') return 'low';
  const own = value === 'fake' ? probability : 1 - probability;
  if (own > CONFIDENCE_ABOVE.high) return 'high';
  return own > CONFIDENCE_ABOVE.medium ? 'medium' : 'low';
}

export const Reason = v.object({
  code: openCode(REASON_CODES),
  direction: Direction,
  /** English text, already filled. */
  text: v.string(),
  details: v.record(v.string(), v.union([v.string(), FiniteNumber, v.boolean(), v.null()])),
});
export type Reason = v.InferOutput<typeof Reason>;

export const Caveat = v.object({ code: openCode(CAVEAT_CODES), text: v.string() });
export type Caveat = v.InferOutput<typeof Caveat>;

export const Verdict = v.object({
  value: VerdictValue,
  /** Calibrated probability that the picture is AI, 0..1. */
  probability: v.pipe(FiniteNumber, v.minValue(0), v.maxValue(1)),
  confidence: Confidence,
  /** Heaviest first. */
  reasons: v.array(Reason),
  caveats: v.array(Caveat),
});
export type Verdict = v.InferOutput<typeof Verdict>;
