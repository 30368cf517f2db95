import { element } from '../draw/element.ts';

/** Marks a disclosure, so that it stays open when the card is drawn again. */
const KEY = 'data-disclosure';

/** A part of the card that opens on request. The summary is the browser's own button: keyboard and screen readers know it. */
export function disclosure(
  key: string,
  summary: string,
  ...content: readonly (Node | undefined | false)[]
): HTMLElement {
  return element(
    'details',
    { class: 'disclosure', attributes: { [KEY]: key } },
    element('summary', { attributes: { 'data-summary': key } }, summary),
    element('div', { class: 'disclosed' }, ...content),
  );
}

/** @returns opens again what is open now, once the card has new content */
export function rememberOpen(card: HTMLElement): () => void {
  const keys = [...card.querySelectorAll(`details[open][${KEY}]`)].map((details) => details.getAttribute(KEY));
  return () => {
    for (const key of keys) card.querySelector(`details[${KEY}="${key}"]`)?.setAttribute('open', '');
  };
}
