import * as v from 'valibot';
import { Direction } from './evidence.ts';
import { FiniteNumber } from './finite-number.ts';
import { openCode } from './open-code.ts';
import { CAVEAT_CODES, REASON_CODES } from './sentences.ts';

export const VERDICT_VALUES = ['fake', 'real', 'uncertain'] as const;
export const VerdictValue = v.picklist(VERDICT_VALUES);
export type VerdictValue = v.InferOutput<typeof VerdictValue>;

/** Which side a verdict speaks for, or leans to without deciding. */
export const LEANINGS = ['ai', 'authentic', 'none'] as const;
export const Leaning = v.picklist(LEANINGS);
export type Leaning = v.InferOutput<typeof Leaning>;

export const CONFIDENCE_LEVELS = ['high', 'medium', 'low'] as const;
export const Confidence = v.picklist(CONFIDENCE_LEVELS);
export type Confidence = v.InferOutput<typeof Confidence>;

/** Above these calibrated probabilities of the side that is shown, confidence is high or medium. */
export const CONFIDENCE_ABOVE = { high: 0.8, medium: 0.5 } as const;

/**
 * Probability of the side that is shown, 0..1; of the likelier one where none is.
 * @param probability calibrated probability that the picture is AI, 0..1
 */
export function sideProbability(leaning: Leaning, probability: number): number {
  if (leaning === 'none') return Math.max(probability, 1 - probability);
  return leaning === 'ai' ? probability : 1 - probability;
}

/**
 * Confidence level, for records and programs; no surface says it, because the step of the scale does.
 * @param leaning the side that is shown
 * @param probability calibrated probability that the picture is AI, 0..1
 * @returns `high` above 0.8 and `medium` above 0.5 of that side's own probability; `low` where no side is shown
 */
export function confidenceOf(leaning: Leaning, probability: number): Confidence {
  if (leaning === 'none') return 'low';
  const own = sideProbability(leaning, probability);
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

const Probability = v.pipe(FiniteNumber, v.minValue(0), v.maxValue(1));

/** Marks of the scale on a calibrated probability, each at most the next. */
export const ScaleMarks = v.object({
  /** Below it: likely authentic. */
  realBelow: Probability,
  /** Up to it: leans authentic. */
  leansAuthentic: Probability,
  /** From it on: leans AI. */
  leansAi: Probability,
  /** Above it: likely AI. */
  fakeAbove: Probability,
});
export type ScaleMarks = v.InferOutput<typeof ScaleMarks>;

export const Verdict = v.object({
  value: VerdictValue,
  /** Absent in records of earlier versions; `alignVerdict` derives it. */
  leaning: v.optional(Leaning),
  /** Marks that decided between the words; absent in records of earlier versions. */
  marks: v.optional(ScaleMarks),
  /** Calibrated probability that the picture is AI, 0..1. */
  probability: Probability,
  confidence: Confidence,
  /** Heaviest first. */
  reasons: v.array(Reason),
  caveats: v.array(Caveat),
});
export type Verdict = v.InferOutput<typeof Verdict>;
