import { type CaveatCode, type Direction, numberSource, type ResultRecord } from '@touchstone/shared';
import { foreignText, wholePercent } from '@touchstone/shared/words/format';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { element } from '../draw/element.ts';
import { type IconName, icon } from '../draw/icons.ts';

const toneOfDirection: Readonly<Record<Direction, 'fake' | 'real' | 'uncertain'>> = {
  ai: 'fake',
  camera: 'real',
  neutral: 'uncertain',
};

/** The bar from camera to AI with a tick at the probability. */
export function probabilityScale(probability: number, translator: Translator): HTMLElement {
  const percent = `${(probability * 100).toFixed(1)}%`;
  const fill = element('span', { class: 'fill' });
  fill.style.width = percent;
  const tick = element('span', { class: 'tick' });
  tick.style.insetInlineStart = percent;
  return element(
    'div',
    { attributes: { 'aria-hidden': 'true' } },
    element('div', { class: 'scale' }, fill, tick),
    element(
      'div',
      { class: 'ends' },
      element('span', {}, translator.text('scale-camera')),
      element('span', {}, translator.text('scale-ai')),
    ),
  );
}

/** Whether the number is the model's own, so that its bands mean something. */
export function isDecidedByModel({ verdict }: ResultRecord): boolean {
  return numberSource(verdict) === 'model';
}

/** Probability in words and as a bar, confidence, and what the number means. */
export function probabilitySection(record: ResultRecord, translator: Translator): HTMLElement {
  const { probability, confidence } = record.verdict;
  const source = numberSource(record.verdict);
  const count = translator.number(wholePercent(probability));
  return element(
    'div',
    { class: 'stack' },
    element(
      'div',
      { class: 'lead' },
      element('strong', {}, translator.text('probability-likely', { percent: translator.percent(probability) })),
      element('span', { class: 'muted' }, translator.text(`confidence-${confidence}`)),
    ),
    probabilityScale(probability, translator),
    source !== 'withheld' &&
      element(
        'div',
        { class: 'muted small' },
        source === 'file' ? translator.text('probability-declared') : translator.text('probability-meaning', { count }),
      ),
  );
}

function list(heading: string, items: readonly { name: IconName; text: string; toned: boolean }[]): HTMLElement {
  return element(
    'section',
    {},
    element('h3', {}, heading),
    element(
      'ul',
      {},
      ...items.map(({ name, text, toned }) =>
        element('li', toned ? { attributes: { 'data-verdict': name } } : {}, icon(name), element('span', {}, text)),
      ),
    ),
  );
}

/** Whatever carries a verdict: a record, or a video that is still being seen. */
type Judged = Pick<ResultRecord, 'verdict'>;

export function reasonsSection({ verdict }: Judged, translator: Translator): HTMLElement | undefined {
  if (verdict.reasons.length === 0) return undefined;
  const items = verdict.reasons.map((reason) => ({
    name: toneOfDirection[reason.direction],
    text: foreignText(translator.reason(reason)),
    toned: true,
  }));
  return list(translator.text('why'), items);
}

/** Told by the section of Content Credentials already, in the same words. */
const TOLD_BY_CREDENTIALS: ReadonlySet<string> = new Set<CaveatCode>([
  'provenance-broken',
  'provenance-unreadable',
  'remote-manifest',
]);

export function caveatsSection(
  { verdict, provenance }: Judged & Pick<Partial<ResultRecord>, 'provenance'>,
  translator: Translator,
): HTMLElement | undefined {
  const caveats = verdict.caveats.filter(({ code }) => !provenance || !TOLD_BY_CREDENTIALS.has(code));
  if (caveats.length === 0) return undefined;
  const items = caveats.map((caveat) => ({
    name: 'error' as const,
    text: foreignText(translator.caveat(caveat)),
    toned: false,
  }));
  return list(translator.text('keep-in-mind'), items);
}
