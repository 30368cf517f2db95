import {
  type BandKey,
  type BandMeasurement,
  bandEnd,
  bandOf,
  PROBABILITY_BANDS,
  type ResultRecord,
} from '@touchstone/shared';
import type { CardKey as MessageKey } from '@touchstone/shared/words';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { element } from '../draw/element.ts';
import { disclosure } from './disclosure.ts';

const BAND_WORDS: Readonly<Record<BandKey, MessageKey>> = {
  unlikely: 'band-unlikely',
  'rather-unlikely': 'band-rather-unlikely',
  'rather-likely': 'band-rather-likely',
  likely: 'band-likely',
};

/**
 * "What does 72 % mean?": the number in words, and what such numbers were worth where they could be counted.
 * @param measured band of the record's pack on its evaluation set, where its description says
 */
export function bandNote(
  { verdict, pack }: ResultRecord,
  measured: BandMeasurement | undefined,
  translator: Translator,
): HTMLElement {
  const percent = translator.percent(verdict.probability);
  const here = bandOf(verdict.probability);
  const bands = PROBABILITY_BANDS.map(({ key, from }) => {
    const range = translator.text('band-range', {
      from: translator.share(from),
      to: translator.share(bandEnd(key)),
    });
    return element(
      'li',
      {
        class: key === here ? 'band band-here' : 'band',
        ...(key === here && { attributes: { 'aria-current': 'true' } }),
      },
      element('span', {}, translator.text(BAND_WORDS[key])),
      key === here && element('span', { class: 'here' }, translator.text('band-here')),
      element('bdi', { class: 'muted' }, range),
    );
  });
  const counted =
    measured && measured.band === here && measured.pictures > 0
      ? translator.text('band-measured', {
          pack: pack.name,
          count: translator.number(measured.pictures),
          share: translator.share(measured.aiShare),
        })
      : translator.text('band-not-measured', { pack: pack.name });
  return disclosure(
    'bands',
    translator.text('what-does-it-mean', { percent }),
    element('p', {}, translator.text('band-meaning', { percent })),
    element('ul', { class: 'bands' }, ...bands),
    element('p', { class: 'muted' }, counted),
  );
}
