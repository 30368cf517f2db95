import { STEPS, type Step, stepOf } from '@touchstone/shared/present';
import { textOf } from '@touchstone/shared/words';
import type { Outcome } from './outcome.ts';

/** One sentence of counts: "4 checked: 1 likely AI, 2 likely authentic, 1 leans AI. 1 not checked." */
export function summaryOf(outcomes: readonly Outcome[]): string {
  const counts = new Map<Step, number>();
  let failed = 0;
  for (const outcome of outcomes) {
    if ('error' in outcome) failed += 1;
    else {
      const step = stepOf(outcome.record.verdict);
      counts.set(step, (counts.get(step) ?? 0) + 1);
    }
  }
  const words = STEPS.flatMap((step) => {
    const count = counts.get(step);
    return count === undefined ? [] : [`${count} ${lowerFirst(textOf('en', `step-${step}`))}`];
  });
  const checked = `${outcomes.length - failed} checked${words.length > 0 ? `: ${words.join(', ')}` : ''}.`;
  return failed > 0 ? `${checked} ${failed} not checked.` : checked;
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
