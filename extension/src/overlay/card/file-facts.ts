import type { ResultRecord } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words/format';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { element } from '../draw/element.ts';
import { disclosure } from './disclosure.ts';

/** Facts shown in the card; the history has all of them. */
const MAX_FACTS = 24;
const MAX_VALUE_LENGTH = 300;

/** What the file says about itself, on request. Places and serial numbers are left to the history page. */
export function fileFactsSection({ facts = [] }: ResultRecord, translator: Translator): HTMLElement | undefined {
  const shown = facts.filter((fact) => !fact.private).slice(0, MAX_FACTS);
  if (shown.length === 0) return undefined;
  const list = element('dl', { class: 'facts' });
  for (const fact of shown) {
    const { name, value } = translator.fact(fact);
    const safe = foreignText(value);
    const text = safe.length > MAX_VALUE_LENGTH ? `${foreignText(safe, { most: MAX_VALUE_LENGTH })}…` : safe;
    list.append(element('dt', {}, element('bdi', {}, foreignText(name))), element('dd', {}, element('bdi', {}, text)));
  }
  const title = `${translator.text('file-facts')} (${translator.number(shown.length)})`;
  return disclosure('file-facts', title, list);
}
