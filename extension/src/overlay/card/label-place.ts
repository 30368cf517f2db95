import type { LabelStep } from '../check-state.ts';

/** Brings a part of the card into its scrolled view, and moves nothing of the page. */
export function bringIntoCard(card: HTMLElement, part: Element): void {
  const body = card.querySelector('.body');
  if (!body?.contains(part)) return;
  const [view, wanted] = [body.getBoundingClientRect(), part.getBoundingClientRect()];
  if (wanted.bottom > view.bottom) body.scrollTop += wanted.bottom - view.bottom;
  if (wanted.top < view.top) body.scrollTop -= view.top - wanted.top;
}

/**
 * The question "what is it really?" stands at the end of a card that may be longer than its window: each step of it
 * comes into view, and the focus stays with it.
 * @param hadFocus whether what was pressed was in the card
 */
export function followLabel(card: HTMLElement, step: LabelStep['step'], hadFocus: boolean): void {
  const section = card.querySelector('.label-section');
  if (!section || step === 'none') return;
  bringIntoCard(card, section);
  const next = step === 'asking' ? 'label-fake' : step === 'saved' ? 'undo' : undefined;
  if (hadFocus && next) section.querySelector<HTMLElement>(`[data-action="${next}"]`)?.focus({ preventScroll: true });
}
