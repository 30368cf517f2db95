import { VERDICT_WORDS, type VerdictValue } from '@touchstone/shared';
import type { Outcome } from './outcome.ts';

/** One sentence of counts: "4 checked: 1 likely AI, 2 likely authentic, 1 uncertain. 1 not checked." */
export function summaryOf(outcomes: readonly Outcome[]): string {
  const counts = new Map<VerdictValue, number>();
  let failed = 0;
  for (const outcome of outcomes) {
    if ('error' in outcome) failed += 1;
    else counts.set(outcome.record.verdict.value, (counts.get(outcome.record.verdict.value) ?? 0) + 1);
  }
  const words = [...counts].map(([value, count]) => `${count} ${lowerFirst(VERDICT_WORDS[value])}`);
  const checked = `${outcomes.length - failed} checked${words.length > 0 ? `: ${words.join(', ')}` : ''}.`;
  return failed > 0 ? `${checked} ${failed} not checked.` : checked;
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
