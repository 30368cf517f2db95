import { element } from './element.ts';

/** Says things to screen readers. */
export interface Announcer {
  readonly element: HTMLElement;
  say(text: string): void;
}

export function createAnnouncer(): Announcer {
  const region = element('div', { class: 'announcer', attributes: { role: 'status', 'aria-live': 'polite' } });
  return {
    element: region,
    say(text) {
      // A video's numbers change all the time: only another verdict, or another activity, is worth a word.
      if (region.textContent !== text) region.textContent = text;
    },
  };
}
