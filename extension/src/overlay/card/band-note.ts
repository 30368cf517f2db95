import {
  type BandMeasurement,
  bandEnd,
  numberSource,
  PROBABILITY_BANDS,
  type ResultRecord,
  type Verdict,
} from '@touchstone/shared';
import { NUMBER_MEANINGS, STEPS, type Step, stepOf, stepRange } from '@touchstone/shared/present';
import { foreignText, wholePercent } from '@touchstone/shared/words/format';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { element } from '../draw/element.ts';
import { disclosure } from './disclosure.ts';

function steps(here: Step, { marks }: Verdict, translator: Translator): HTMLElement {
  const items = STEPS.map((step) => {
    const [from, to] = marks ? stepRange(step, marks) : [];
    return element(
      'li',
      {
        class: step === here ? 'band band-here' : 'band',
        ...(step === here && { attributes: { 'aria-current': 'true' } }),
      },
      element('span', {}, translator.text(`step-${step}`)),
      step === here && element('span', { class: 'here' }, translator.text('band-here')),
      from !== undefined &&
        to !== undefined &&
        element(
          'bdi',
          { class: 'muted' },
          translator.text('band-range', { from: translator.share(from), to: translator.share(to) }),
        ),
    );
  });
  return element('ul', { class: 'bands' }, ...items);
}

/**
 * "What does 72 % mean?": the one place that says it: the chance, the words of the scale with their ends, why this word, and what
 * such numbers were worth where they could be counted.
 * @param measured band of the record's pack on its evaluation set, where its description says
 */
export function bandNote(
  { verdict, pack }: ResultRecord,
  measured: BandMeasurement | undefined,
  translator: Translator,
): HTMLElement {
  const percent = translator.percent(verdict.probability);
  const count = translator.number(wholePercent(verdict.probability));
  const source = numberSource(verdict);
  const step = stepOf(verdict);
  const band = PROBABILITY_BANDS.find(({ key }) => key === measured?.band);
  const name = foreignText(pack.name);
  const counted =
    band && measured && measured.pictures > 0
      ? translator.text('band-measured', {
          pack: name,
          from: translator.share(band.from),
          to: translator.share(bandEnd(band.key)),
          count: translator.number(measured.pictures),
          share: translator.share(measured.aiShare),
        })
      : translator.text('band-not-measured', { pack: name });
  return disclosure(
    'bands',
    translator.text('what-does-it-mean', { percent }),
    element('p', {}, translator.text(NUMBER_MEANINGS[source], { percent, count })),
    element('p', {}, translator.text(`why-${step}`)),
    steps(step, verdict, translator),
    source === 'model' && element('p', { class: 'muted' }, counted),
  );
}
