import { type CaveatCode, type Direction, numberSource, type ResultRecord, type Verdict } from '@touchstone/shared';
import { type Step, sideOf, stepOf } from '@touchstone/shared/present';
import { foreignText } from '@touchstone/shared/words/format';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { element } from '../draw/element.ts';
import { type IconName, icon } from '../draw/icons.ts';

/** Shape and colour of a reason: those of the verdict where it speaks for it, an outline where it speaks for the other side. */
function markOf(direction: Direction, step: Step): IconName {
  if (direction === 'neutral') return 'dot';
  const side = direction === 'ai' ? 'ai' : 'authentic';
  return sideOf(step) === side ? step : `leans-${side}`;
}

/** The scale from camera to AI with the marks between its words and a tick at the probability. */
export function probabilityScale(
  { probability, marks }: Pick<Verdict, 'probability' | 'marks'>,
  translator: Translator,
): HTMLElement {
  const at = (kind: string, place: number) => {
    const span = element('span', { class: kind });
    span.style.insetInlineStart = `${(place * 100).toFixed(1)}%`;
    return span;
  };
  const lines = marks ? [marks.realBelow, marks.leansAuthentic, marks.leansAi, marks.fakeAbove] : [];
  return element(
    'div',
    { attributes: { 'aria-hidden': 'true' } },
    element('div', { class: 'scale' }, ...lines.map((mark) => at('mark', mark)), at('tick', probability)),
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

/** The number as a chance, on the scale. What it means stands once, in `bandNote`. */
export function probabilitySection({ verdict }: ResultRecord, translator: Translator): HTMLElement {
  const percent = translator.percent(verdict.probability);
  return element(
    'div',
    { class: 'stack' },
    element('strong', { class: 'chance' }, translator.text('probability-likely', { percent })),
    probabilityScale(verdict, translator),
    numberSource(verdict) === 'file' &&
      element('div', { class: 'muted small' }, translator.text('probability-declared')),
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
    name: markOf(reason.direction, stepOf(verdict)),
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
