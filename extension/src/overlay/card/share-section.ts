import type { CardKey } from '@touchstone/shared/words';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import type { ShareState } from '../check-state.ts';
import { element } from '../draw/element.ts';
import { actionButton } from './action-button.ts';

/** What is said of the last copy, for the eye and for screen readers. */
export const SHARE_WORDS: Readonly<Partial<Record<ShareState, CardKey>>> = {
  copied: 'copied',
  refused: 'share-refused',
};

/** How a result is passed on: at first one button, in the body, because a second row of them would leave low windows no room. */
export function shareSection(share: ShareState | undefined, translator: Translator): HTMLElement {
  if (share === undefined || share === 'closed')
    return element('section', { class: 'share-section' }, actionButton('share', translator.text('share')));
  const said = SHARE_WORDS[share];
  return element(
    'section',
    { class: 'rule stack share-section' },
    element('h3', {}, translator.text('share')),
    element(
      'div',
      { class: 'choices' },
      actionButton('share-text', translator.text('share-text')),
      actionButton('share-picture', translator.text('share-picture')),
      actionButton('share-close', translator.text('back'), 'plain'),
    ),
    said && element('div', { class: share === 'copied' ? 'muted' : '' }, translator.text(said)),
  );
}
