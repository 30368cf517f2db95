import type { ResultRecord } from '@touchstone/shared';
import type { Translator } from '../i18n/translator.ts';
import { disclosure } from './disclosure.ts';
import { element } from './element.ts';

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
    const text = value.length > MAX_VALUE_LENGTH ? `${value.slice(0, MAX_VALUE_LENGTH)}…` : value;
    list.append(element('dt', {}, element('bdi', {}, name)), element('dd', {}, element('bdi', {}, text)));
  }
  const title = `${translator.text('file-facts')} (${translator.number(shown.length)})`;
  return disclosure('file-facts', title, list);
}
