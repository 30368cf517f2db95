import type { Leaning, Place } from '@touchstone/shared';
import type { CardKey as MessageKey } from '@touchstone/shared/words';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { element } from '../draw/element.ts';
import type { HeatState } from './heat-state.ts';

const PLACES: Readonly<Record<Place, MessageKey>> = {
  'upper-left': 'place-upper-left',
  upper: 'place-upper',
  'upper-right': 'place-upper-right',
  left: 'place-left',
  centre: 'place-centre',
  right: 'place-right',
  'lower-left': 'place-lower-left',
  lower: 'place-lower',
  'lower-right': 'place-lower-right',
};

function note(heat: Extract<HeatState, { status: 'known' }>, side: Leaning, translator: Translator): HTMLElement {
  const { regions } = heat.explanation;
  const legend = (colour: 'ai' | 'camera', key: MessageKey) =>
    element(
      'span',
      {},
      element('span', { class: `key key-${colour}`, attributes: { 'aria-hidden': 'true' } }),
      translator.text(key),
    );
  const items = regions.map(({ place, weight }, index) =>
    element(
      'li',
      {},
      element('span', { class: 'number', attributes: { 'aria-hidden': 'true' } }, translator.number(index + 1)),
      translator.text(index === 0 ? 'region-strongest' : 'region-next', {
        place: translator.text(PLACES[place]),
        percent: translator.share(weight),
      }),
    ),
  );
  return element(
    'div',
    { class: 'stack small' },
    element('p', {}, element('strong', {}, translator.text('heat-label')), ' ', translator.text('heat-not-proof')),
    element('div', { class: 'legend muted' }, legend('ai', 'points-to-ai'), legend('camera', 'points-to-camera')),
    element(
      'p',
      {},
      translator.text(regions.length === 0 ? 'no-regions' : side === 'authentic' ? 'regions-camera' : 'regions-ai'),
    ),
    regions.length > 0 && element('ol', { class: 'regions' }, ...items),
  );
}

/** Seen and heard while the companion works; nobody can say how long it takes. */
function working(translator: Translator): HTMLElement {
  const text = translator.text('heat-loading');
  const bar = element('progress', { attributes: { 'aria-label': text } });
  return element('p', { class: 'muted small', attributes: { role: 'status' } }, bar, ' ', text);
}

/** Switches the heat map over the picture on and off, and says in words what it shows and what it is not. */
export function heatSection(heat: HeatState, side: Leaning, translator: Translator): HTMLElement {
  const isShown = heat.status === 'known' && heat.shown;
  const button = element(
    'button',
    {
      class: 'button small',
      attributes: { type: 'button', 'data-action': 'heat', 'aria-pressed': String(isShown) },
    },
    translator.text(isShown ? 'heat-hide' : 'heat-show'),
  );
  if (heat.status === 'asking') button.setAttribute('aria-disabled', 'true');
  const failure = heat.status === 'failed' ? translator.error(heat.error) : undefined;
  return element(
    'section',
    { class: 'rule stack heat-section' },
    element('div', { class: 'lead' }, element('h3', {}, translator.text('heat-title')), button),
    heat.status === 'asking' && working(translator),
    failure && element('p', { class: 'small' }, `${failure.message} ${failure.nextStep}`),
    isShown && note(heat, side, translator),
  );
}
