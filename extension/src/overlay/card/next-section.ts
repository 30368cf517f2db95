import type { ImageSearch } from '@touchstone/shared';
import { nextSteps, type Offered } from '@touchstone/shared/present';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { element } from '../draw/element.ts';
import { actionButton } from './action-button.ts';

/** Names of the services, as they write themselves. */
export const SERVICES: Readonly<Record<Exclude<ImageSearch, 'none'>, string>> = {
  google: 'Google Lens',
  bing: 'Bing',
  tineye: 'TinEye',
  yandex: 'Yandex',
};

function searchItem(service: Exclude<ImageSearch, 'none'> | undefined, translator: Translator): HTMLElement {
  const words = element('span', {}, translator.text('next-search'));
  if (!service) return element('li', {}, element('div', {}, words, ' ', translator.text('next-search-choose')));
  const name = { service: SERVICES[service] };
  return element(
    'li',
    {},
    element(
      'div',
      { class: 'stack' },
      words,
      actionButton('search', translator.text('search-with', name)),
      element('span', { class: 'muted small' }, translator.text('search-sends', name)),
    ),
  );
}

/** What to do where no verdict fell. */
export function nextSection(
  offered: Offered,
  service: Exclude<ImageSearch, 'none'> | undefined,
  translator: Translator,
): HTMLElement | undefined {
  const steps = nextSteps(offered);
  if (steps.length === 0) return undefined;
  const isVideo = offered.source.kind === 'video';
  const items = steps.map((step) =>
    step === 'search'
      ? searchItem(service, translator)
      : element('li', {}, translator.text(step === 'original' && isVideo ? 'next-original-video' : `next-${step}`)),
  );
  return element(
    'section',
    { class: 'next' },
    element('h3', {}, translator.text('next-title')),
    element('ul', {}, ...items),
  );
}
