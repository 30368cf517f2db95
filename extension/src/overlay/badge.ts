import type { Translator } from '../i18n/translator.ts';
import { type CheckState, toneOf } from './check-state.ts';
import { element } from './element.ts';
import { icon } from './icons.ts';

/** Below this displayed width, in CSS pixels, the badge shows its icon only (the words stay in its name). */
const WORDS_FROM_WIDTH = 180;

function word(state: CheckState, translator: Translator): string {
  if (state.kind === 'verdict') return translator.verdict(state.record.verdict.value);
  return translator.text(state.kind === 'error' ? 'badge-error' : 'badge-pending');
}

function summary(state: CheckState, translator: Translator): string {
  if (state.kind !== 'verdict') return word(state, translator);
  const { value, probability, confidence } = state.record.verdict;
  const percent = translator.percent(probability);
  return [
    translator.verdict(value),
    translator.text('probability', { percent }),
    translator.text(`confidence-${confidence}`),
  ].join(', ');
}

export function createBadge(): HTMLButtonElement {
  return element('button', { class: 'badge', attributes: { type: 'button', 'data-action': 'open' } });
}

/** Draws a badge; verdicts are told by shape and words, never by colour alone. */
export function renderBadge(badge: HTMLButtonElement, state: CheckState, translator: Translator): void {
  const tone = toneOf(state);
  badge.classList.toggle('pending', tone === 'pending');
  badge.setAttribute('data-verdict', tone);
  badge.setAttribute('dir', translator.direction);
  badge.setAttribute('lang', translator.language);
  badge.setAttribute('aria-label', translator.text('badge-details', { summary: summary(state, translator) }));
  badge.replaceChildren(icon(tone), element('span', { class: 'word' }, word(state, translator)));
}

/** Words where the picture has room for them. @returns whether the badge's size changed */
export function fitBadge(badge: HTMLButtonElement, pictureWidth: number): boolean {
  const compact = pictureWidth < WORDS_FROM_WIDTH || badge.getAttribute('data-verdict') === 'pending';
  if (badge.classList.contains('compact') === compact) return false;
  badge.classList.toggle('compact', compact);
  return true;
}
