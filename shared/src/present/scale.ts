import type { Leaning, ScaleMarks, Verdict } from '../verdict.ts';

/** The five steps of the scale, from AI to authentic. Only the outer two accuse or acquit. */
export const STEPS = ['likely-ai', 'leans-ai', 'unclear', 'leans-authentic', 'likely-authentic'] as const;
export type Step = (typeof STEPS)[number];

/** A calibrated probability that speaks for neither side. */
const HALF = 0.5;
/** Around one half, a probability leans nowhere: the odds of the likelier side are less than three to two. */
const UNCLEAR_HALF_WIDTH = 0.1;

/** Thresholds as a pack declares them, or as a timeline keeps them. */
export type DeclaredThresholds = Pick<ScaleMarks, 'fakeAbove' | 'realBelow'> & {
  readonly leansAi?: number | undefined;
  readonly leansAuthentic?: number | undefined;
};

/** Where no pack said where it decides: nothing is decided by the number alone. */
const UNDECIDED: DeclaredThresholds = { realBelow: 0, fakeAbove: 1 };

/** All four marks of the scale; what is not declared lies at the defaults, between the thresholds. */
export function scaleMarks(declared: DeclaredThresholds = UNDECIDED): ScaleMarks {
  const realBelow = Math.min(declared.realBelow, HALF);
  const fakeAbove = Math.max(declared.fakeAbove, HALF);
  const { leansAi = HALF + UNCLEAR_HALF_WIDTH, leansAuthentic = HALF - UNCLEAR_HALF_WIDTH } = declared;
  return {
    realBelow,
    leansAuthentic: Math.max(realBelow, leansAuthentic),
    leansAi: Math.min(fakeAbove, leansAi),
    fakeAbove,
  };
}

/** Step of a probability by the marks alone. @param probability that it is AI, 0..1 */
export function stepAt(probability: number, { realBelow, leansAuthentic, leansAi, fakeAbove }: ScaleMarks): Step {
  if (probability > fakeAbove) return 'likely-ai';
  if (probability < realBelow) return 'likely-authentic';
  if (probability >= leansAi) return 'leans-ai';
  return probability <= leansAuthentic ? 'leans-authentic' : 'unclear';
}

const UNDECIDED_STEPS: Readonly<Record<Leaning, Step>> = {
  ai: 'leans-ai',
  none: 'unclear',
  authentic: 'leans-authentic',
};

/** What a verdict is shown as. */
export function stepOf({ value, leaning = 'none' }: Pick<Verdict, 'value' | 'leaning'>): Step {
  if (value === 'fake') return 'likely-ai';
  return value === 'real' ? 'likely-authentic' : UNDECIDED_STEPS[leaning];
}

/** The side of a step. */
export function sideOf(step: Step): Leaning {
  if (step === 'unclear') return 'none';
  return step.endsWith('ai') ? 'ai' : 'authentic';
}

/** The stored value of a step. */
export function verdictValueOf(step: Step): Verdict['value'] {
  if (step === 'likely-ai') return 'fake';
  return step === 'likely-authentic' ? 'real' : 'uncertain';
}

/** A probability held where its step lies: a number never says more than its word. */
export function heldUnclear(probability: number, { leansAuthentic, leansAi }: ScaleMarks): number {
  // The ends themselves lean.
  const inside = (leansAi - leansAuthentic) * 1e-3;
  return Math.min(leansAi - inside, Math.max(leansAuthentic + inside, probability));
}

const RANGES: Readonly<Record<Step, (marks: ScaleMarks) => readonly [from: number, to: number]>> = {
  'likely-ai': ({ fakeAbove }) => [fakeAbove, 1],
  'leans-ai': ({ leansAi, fakeAbove }) => [leansAi, fakeAbove],
  unclear: ({ leansAuthentic, leansAi }) => [leansAuthentic, leansAi],
  'leans-authentic': ({ realBelow, leansAuthentic }) => [realBelow, leansAuthentic],
  'likely-authentic': ({ realBelow }) => [0, realBelow],
};

/** Probabilities for which a step stands. */
export const stepRange = (step: Step, marks: ScaleMarks): readonly [from: number, to: number] => RANGES[step](marks);

/** Words for what a number stands for, by where it comes from (`numberSource`). */
export const NUMBER_MEANINGS = { model: 'band-meaning', file: 'band-from-file', withheld: 'band-withheld' } as const;
