import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { element } from '../draw/element.ts';
import { icon } from '../draw/icons.ts';

/** What stays of a card whose picture was scrolled away: a button that leads back to it. */
export interface WayBack {
  readonly element: HTMLButtonElement;
  readonly isShown: boolean;
  show(shown: boolean, translator: Translator): void;
}

export function createWayBack(): WayBack {
  const button = element('button', {
    class: 'way-back',
    attributes: { type: 'button', 'data-action': 'to-picture' },
  });
  button.hidden = true;
  return {
    element: button,
    get isShown() {
      return !button.hidden;
    },
    show(shown, translator) {
      if (button.hidden === !shown) return;
      button.hidden = !shown;
      button.setAttribute('dir', translator.direction);
      button.setAttribute('lang', translator.language);
      button.replaceChildren(icon('back'), element('span', { class: 'word' }, translator.text('back-to-picture')));
    },
  };
}
