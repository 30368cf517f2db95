import { packsInWords, type ResultRecord } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words/format';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { element } from '../draw/element.ts';

function seenLine(record: ResultRecord, translator: Translator): HTMLElement | undefined {
  const seen = record.seenBefore;
  if (!seen) return undefined;
  const values = {
    date: translator.dateTime(seen.at),
    verdict: translator.verdict({ value: seen.verdict, leaning: seen.leaning }),
  };
  const site = siteOf(seen.pageUrl);
  const words = site
    ? translator.text(seen.exact ? 'seen-same-on' : 'seen-similar-on', { ...values, site })
    : translator.text(seen.exact ? 'seen-same' : 'seen-similar', values);
  return element('div', { class: 'small' }, words);
}

/** Host of the page on which a picture was seen; none for files. */
function siteOf(address: string | undefined): string | undefined {
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol.startsWith('http') ? url.hostname : undefined;
}

/** The picture's small facts, what was seen before, and what the history knows. */
export function factsSection(record: ResultRecord, translator: Translator): HTMLElement {
  const { picture, source, timings, provider } = record;
  const rows: readonly (readonly [string, string])[] = [
    [
      translator.text('fact-size'),
      translator.text('size-pixels', {
        width: translator.number(picture.width),
        height: translator.number(picture.height),
        bytes: translator.bytes(picture.bytes),
      }),
    ],
    [translator.text('fact-format'), picture.format.toUpperCase()],
    [translator.text('fact-path'), translator.text(`path-${source.path}`)],
    [translator.text('fact-time'), translator.duration(timings.total)],
    [translator.text('fact-model'), `${packsInWords(record)} (${provider})`],
  ];
  const facts = element('dl', { class: 'facts' });
  for (const [name, value] of rows) {
    facts.append(element('dt', {}, name), element('dd', {}, element('bdi', {}, foreignText(value))));
  }
  return element(
    'section',
    { class: 'rule stack', attributes: { 'aria-label': translator.text('facts') } },
    facts,
    seenLine(record, translator),
    element(
      'div',
      { class: 'muted small' },
      [
        translator.text('never-proof'),
        translator.text('judged-here'),
        record.logged ? '' : translator.text('not-recorded'),
      ]
        .join(' ')
        .trim(),
    ),
  );
}
