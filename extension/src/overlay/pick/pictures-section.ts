import type { CardKey } from '@touchstone/shared/words';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { badgeSummary } from '../badge/badge.ts';
import { actionButton } from '../card/action-button.ts';
import { toneOf } from '../check-state.ts';
import { element } from '../draw/element.ts';
import { icon } from '../draw/icons.ts';
import type { ListedPicture, Missed, PicturesState } from './pictures-state.ts';

/** Side of a row's small picture, in CSS pixels. */
const THUMBNAIL_PIXELS = 44;

const MISSED = { here: 'pictures-missed', keyboard: 'pictures-which' } as const satisfies Record<Missed, CardKey>;

function row({ anchor, state }: ListedPicture, index: number, translator: Translator): HTMLElement {
  const canvas = element('canvas', { class: 'row-picture', attributes: { 'aria-hidden': 'true' } });
  canvas.width = canvas.height = Math.round(THUMBNAIL_PIXELS * devicePixelRatio);
  anchor.paint?.(canvas);
  const tone = toneOf(state);
  const button = element(
    'button',
    {
      class: 'row',
      attributes: { type: 'button', 'data-action': 'picture', 'data-number': String(index), 'data-verdict': tone },
    },
    canvas,
    icon(tone),
    element('span', { class: 'row-words' }, badgeSummary(state, translator)),
  );
  return element('li', {}, button);
}

/** Lists the pictures in view with what is known of each, and offers a rectangle for what is none. */
export function picturesBody({ pictures, missed }: PicturesState, translator: Translator): HTMLElement {
  const none = missed ? MISSED[missed] : 'pictures-none';
  return element(
    'div',
    { class: 'body' },
    !pictures?.length && element('p', {}, translator.text(none)),
    pictures && pictures.length > 0 && element('ul', {}, ...pictures.map((one, index) => row(one, index, translator))),
    element('p', { class: 'muted small' }, translator.text('pictures-hint')),
  );
}

export function picturesButtons({ pictures }: PicturesState, translator: Translator): HTMLElement[] {
  const draw = actionButton('rectangle', translator.text('rectangle-draw'), pictures ? '' : 'plain');
  return pictures ? [draw] : [actionButton('pictures', translator.text('pictures-check'), 'primary'), draw];
}
