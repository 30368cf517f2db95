import type { Provenance, ProvenanceAction, ProvenanceIngredient, ResultRecord } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words/format';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { element } from '../draw/element.ts';
import { icon } from '../draw/icons.ts';
import { disclosure } from './disclosure.ts';
import { actionWords, failureWords, originWords, STATE_WORDS } from './provenance-words.ts';

/** Levels and actions drawn; a manifest may nest without end, a card must not. The history shows more. */
const MAX_DEPTH = 3;
const MAX_ACTIONS = 12;

const isolated = (text: string): HTMLElement => element('bdi', {}, foreignText(text));

/** A date as a file states it: in the reader's form where it is one, else as it stands. */
function statedDate(stated: string, translator: Translator): string {
  const at = Date.parse(stated);
  return Number.isNaN(at) ? stated : translator.dateTime(at);
}

function actionItem({ action, softwareAgent, when, ai }: ProvenanceAction, translator: Translator): HTMLElement {
  const words = actionWords(action);
  const details = [softwareAgent, when && statedDate(when, translator)].filter(Boolean).join(', ');
  return element(
    'li',
    ai ? { attributes: { 'data-verdict': 'leans-ai' } } : {},
    icon(ai ? 'leans-ai' : 'dot'),
    element(
      'span',
      {},
      isolated(words ? translator.text(words) : action),
      ai && ` (${translator.text('by-trained-model')})`,
      details !== '' && element('span', { class: 'muted' }, ' · ', isolated(details)),
    ),
  );
}

function ingredientTree(ingredients: readonly ProvenanceIngredient[], translator: Translator, depth = 0): HTMLElement {
  if (depth >= MAX_DEPTH) return element('p', { class: 'muted' }, translator.text('ingredients-deeper'));
  const items = ingredients.map((ingredient) => {
    const { title, state, claimGenerator, ingredients: inner } = ingredient;
    const stateText = translator.text(state ? STATE_WORDS[state].title : 'ingredient-no-state');
    return element(
      'li',
      {},
      icon(state ? STATE_WORDS[state].icon : 'dot'),
      element(
        'div',
        {},
        isolated(title),
        element('div', { class: 'muted' }, stateText, claimGenerator ? ' · ' : '', isolated(claimGenerator ?? '')),
        inner.length > 0 && ingredientTree(inner, translator, depth + 1),
      ),
    );
  });
  return element('ul', { class: 'ingredients' }, ...items);
}

function titled(heading: string, ...content: readonly Node[]): HTMLElement {
  return element('div', {}, element('h4', {}, heading), ...content);
}

function factList(provenance: Provenance, translator: Translator): HTMLElement {
  const { state, origin, signer, claimGenerator, signedAt, trustList } = provenance;
  const list = element('dl', { class: 'facts' });
  const add = (name: string, value: string | null | undefined) => {
    if (value) list.append(element('dt', {}, name), element('dd', {}, isolated(value)));
  };
  add(translator.text(state === 'trusted' ? 'says' : 'claims'), translator.text(originWords(origin)));
  add(translator.text('signer'), signer);
  add(translator.text('claim-generator'), claimGenerator);
  add(translator.text('signed-at'), signedAt && statedDate(signedAt, translator));
  const older = trustList?.interim ? ` (${translator.text('interim-list')})` : '';
  add(translator.text('trust-list'), trustList && `${trustList.name}, ${trustList.date}${older}`);
  return list;
}

function content(provenance: Provenance, translator: Translator): (HTMLElement | false)[] {
  const { state, actions, ingredients, failures } = provenance;
  const failed = failureWords(failures).map((key) => element('li', {}, icon('error'), translator.text(key)));
  return [
    failed.length > 0 && titled(translator.text('what-failed'), element('ul', {}, ...failed)),
    state !== 'unreadable' && factList(provenance, translator),
    actions.length > 0 &&
      titled(
        translator.text('actions'),
        element('ul', {}, ...actions.slice(0, MAX_ACTIONS).map((action) => actionItem(action, translator))),
      ),
    ingredients.length > 0 && titled(translator.text('ingredients'), ingredientTree(ingredients, translator)),
  ];
}

/** State of the Content Credentials in words, and on request who signed what. Absent where the file has none. */
export function provenanceSection({ provenance }: ResultRecord, translator: Translator): HTMLElement | undefined {
  if (!provenance) return undefined;
  const { state, remoteManifest } = provenance;
  const words = STATE_WORDS[state];
  const onServer = remoteManifest && state === 'unreadable';
  return element(
    'section',
    { class: `credentials credentials-${state}` },
    element(
      'div',
      { class: 'credentials-head' },
      icon(words.icon),
      element(
        'div',
        {},
        element('h3', {}, `${translator.text('credentials')}: ${translator.text(words.title)}`),
        element('p', { class: 'small muted' }, translator.text(onServer ? 'remote-manifest-note' : words.help)),
      ),
    ),
    !onServer && disclosure('credentials', translator.text('show-credentials'), ...content(provenance, translator)),
  );
}
