import type { LabelState } from '../check-state.ts';

/** Brings a part of the card into its scrolled view, and moves nothing of the page. */
export function bringIntoCard(card: HTMLElement, part: Element): void {
  const body = card.querySelector('.body');
  if (!body?.contains(part)) return;
  const [view, wanted] = [body.getBoundingClientRect(), part.getBoundingClientRect()];
  // Of what is higher than the view, the beginning.
  if (wanted.bottom > view.bottom) body.scrollTop += Math.min(wanted.bottom - view.bottom, wanted.top - view.top);
  else if (wanted.top < view.top) body.scrollTop -= view.top - wanted.top;
}

/**
 * The question "what is it really?" stands at the end of a card that may be longer than its window: each status of it
 * comes into view, and the focus stays with it.
 * @param hadFocus whether what was pressed was in the card
 */
export function followLabel(card: HTMLElement, status: LabelState['status'], hadFocus: boolean): void {
  const section = card.querySelector('.label-section');
  if (!section || status === 'none') return;
  bringIntoCard(card, section);
  const next = status === 'asking' ? 'label-fake' : status === 'saved' ? 'undo' : undefined;
  if (hadFocus && next) section.querySelector<HTMLElement>(`[data-action="${next}"]`)?.focus({ preventScroll: true });
}
