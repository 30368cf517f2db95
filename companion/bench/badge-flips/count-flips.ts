import type { Verdict } from '@touchstone/shared';
import { type Step, sideOf, stepOf } from '@touchstone/shared/present';

type Judged = Pick<Verdict, 'value' | 'leaning'>;

/** One picture: what its badge says, and what a person is told who asks about it. */
export interface BadgeAndAnswer {
  readonly badge: Judged;
  readonly answer: Judged;
}

/** How far an answer may be from its badge, the worst first. */
export const FLIPS = ['side', 'verdict', 'word'] as const;
/**
 * `side`: the badge spoke for AI and the answer for authentic, or the other way round. `verdict`: one of the two accuses or
 * acquits, the other only leans or is unclear. `word`: another of the five words, and nothing of that.
 */
export type Flip = (typeof FLIPS)[number];

/** @returns undefined where a person is told what the badge said */
export function flipOf({ badge, answer }: BadgeAndAnswer): Flip | undefined {
  const [said, told] = [stepOf(badge), stepOf(answer)];
  if (said === told) return undefined;
  if (sideOf(said) !== 'none' && sideOf(told) !== 'none' && sideOf(said) !== sideOf(told)) return 'side';
  return decides(said) !== decides(told) ? 'verdict' : 'word';
}

const decides = (step: Step): boolean => step.startsWith('likely');

export interface FlipCounts extends Readonly<Record<Flip, number>> {
  readonly pictures: number;
  /** Badges that accused or acquitted. */
  readonly decided: number;
  /** Of those, the ones whose word a person who asked was not given. */
  readonly takenBack: number;
}

/** Counts flips of each kind. */
export function countFlips(pairs: readonly BadgeAndAnswer[]): FlipCounts {
  const flips = pairs.map(flipOf);
  const count = (kind: Flip): number => flips.filter((flip) => flip === kind).length;
  const decided = pairs.filter(({ badge }) => decides(stepOf(badge)));
  return {
    pictures: pairs.length,
    side: count('side'),
    verdict: count('verdict'),
    word: count('word'),
    decided: decided.length,
    takenBack: decided.filter((pair) => flipOf(pair) !== undefined).length,
  };
}
