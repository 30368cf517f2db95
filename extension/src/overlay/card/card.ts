import { sideOf, stepOf } from '@touchstone/shared/present';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { type CardView, type CheckState, recordOf, toneOf } from '../check-state.ts';
import { element } from '../draw/element.ts';
import { icon } from '../draw/icons.ts';
import { morphChildren } from '../draw/morph.ts';
import { heatSection } from '../heat/heat-section.ts';
import { picturesBody, picturesButtons } from '../pick/pictures-section.ts';
import { activitySection, timelineText, videoFacts, videoProbability, videoTitle } from '../video/video-section.ts';
import type { VideoCheckState } from '../video/video-state.ts';
import { actionButton } from './action-button.ts';
import { bandNote } from './band-note.ts';
import { rememberOpen } from './disclosure.ts';
import { factsSection } from './facts-section.ts';
import { fileFactsSection } from './file-facts.ts';
import { labelSection } from './label-section.ts';
import { nextSection } from './next-section.ts';
import { provenanceSection } from './provenance-section.ts';
import { shareSection } from './share-section.ts';
import { caveatsSection, isDecidedByModel, probabilitySection, reasonsSection } from './verdict-section.ts';

/** The state in one line, as a title and for screen readers. */
export function titleOf(state: CheckState, translator: Translator): string {
  if (state.kind === 'verdict') return translator.verdict(state.record.verdict);
  if (state.kind === 'error')
    return translator.text(state.error.code === 'video-protected' ? 'video-protected' : 'error-title');
  if (state.kind === 'video') return videoTitle(state, translator);
  return translator.text(state.kind === 'pictures' ? 'pictures-title' : 'checking');
}

function head(view: CardView, translator: Translator): HTMLElement {
  const close = element(
    'button',
    {
      class: 'close',
      attributes: { type: 'button', 'data-action': 'close', 'aria-label': translator.text('close') },
    },
    icon('close'),
  );
  const move = element(
    'button',
    {
      class: 'close move',
      attributes: { type: 'button', 'data-action': 'move', 'aria-label': translator.text('card-move') },
    },
    icon('move'),
  );
  const title = titleOf(view.state, translator);
  return element(
    'div',
    { class: 'head' },
    view.thumbnail,
    icon(toneOf(view.state)),
    element('h2', { class: 'title', attributes: { id: 'title' } }, title),
    move,
    close,
  );
}

function checkingBody(state: Extract<CheckState, { kind: 'checking' }>, translator: Translator): HTMLElement {
  const stage = state.stage ?? 'fetching';
  const body = element('div', { class: 'body' }, element('p', { class: 'muted' }, translator.text(`stage-${stage}`)));
  if (stage === 'waiting') {
    body.append(
      element(
        'div',
        { class: 'stack absent' },
        element('strong', {}, translator.text('companion-absent')),
        element('div', {}, translator.text('companion-start')),
      ),
    );
  }
  return body;
}

function errorBody(state: Extract<CheckState, { kind: 'error' }>, translator: Translator): HTMLElement {
  const { message, nextStep } = translator.error(state.error);
  return element('div', { class: 'body' }, element('p', {}, message), element('p', { class: 'muted' }, nextStep));
}

function verdictBody(view: CardView, translator: Translator): HTMLElement {
  const body = element('div', { class: 'body' });
  if (view.state.kind !== 'verdict') return body;
  const { record, measured } = view.state;
  const sections = [
    probabilitySection(record, translator),
    bandNote(record, measured, translator),
    provenanceSection(record, translator),
    reasonsSection(record, translator),
    caveatsSection(record, translator),
    nextSection(record, view.imageSearch, translator),
    // Where the file itself decided, the model's places explain nothing.
    view.heat && isDecidedByModel(record) && heatSection(view.heat, sideOf(stepOf(record.verdict)), translator),
    fileFactsSection(record, translator),
    factsSection(record, translator),
    shareSection(view.share, translator),
    labelSection(view.label, translator),
  ];
  for (const section of sections) if (section) body.append(section);
  return body;
}

function videoBody(view: CardView, state: VideoCheckState, translator: Translator): HTMLElement {
  const { verdict, framesAnalyzed } = state;
  const judged = verdict && framesAnalyzed > 0 ? { verdict } : undefined;
  const body = element('div', { class: 'body' });
  const sections = [
    judged && videoProbability(state, translator),
    activitySection(state, translator),
    judged && reasonsSection(judged, translator),
    // They also say why no frame counts: a flat graphic, a picture that is too small.
    verdict && caveatsSection({ verdict }, translator),
    state.record && nextSection(state.record, undefined, translator),
    timelineText(state, translator),
    videoFacts(state, translator),
    state.record && shareSection(view.share, translator),
    labelSection(view.label, translator, 'wrong-question-video'),
  ];
  for (const section of sections) if (section) body.append(section);
  return body;
}

function foot(view: CardView, translator: Translator): HTMLElement | undefined {
  const { state, label } = view;
  const buttons: HTMLElement[] = [];
  const record = recordOf(state);
  if (state.kind === 'pictures') buttons.push(...picturesButtons(state, translator));
  const over = state.kind === 'verdict' || (state.kind === 'video' && state.activity === 'ended');
  if (record?.logged) {
    buttons.push(actionButton('history', translator.text('open-in-history'), 'primary'));
    if (label.status === 'none' || label.status === 'failed')
      buttons.push(actionButton('wrong', translator.text('wrong')));
  }
  if (over) buttons.push(actionButton('again', translator.text('check-again'), 'plain'));
  else if (state.kind === 'video') buttons.push(actionButton('stop', translator.text('video-stop')));
  else if (state.kind === 'error' && state.error.code === 'not-paired') {
    buttons.push(actionButton('pair', translator.text('pair-now'), 'primary'));
    buttons.push(actionButton('retry', translator.text('try-again')));
  } else if (state.kind === 'error' && state.error.retryable) {
    buttons.push(actionButton('retry', translator.text('try-again'), 'primary'));
  }
  return buttons.length > 0 ? element('div', { class: 'foot' }, ...buttons) : undefined;
}

function labelOf({ kind }: CheckState, translator: Translator): string {
  if (kind === 'pictures') return translator.text('pictures-title');
  return translator.text(kind === 'video' ? 'card-label-video' : 'card-label');
}

/**
 * Draws a card's content for a view. Everything shown enters as text, whatever it contains.
 * @param card the card's element; its former content is replaced, and focus stays on the same action where it can
 */
export function renderCard(card: HTMLElement, view: CardView, translator: Translator): void {
  const { state } = view;
  const focused = (card.getRootNode() as Document | ShadowRoot).activeElement;
  const hadFocus = focused !== null && card.contains(focused);
  const action = hadFocus ? actionOf(focused) : null;

  const tone = toneOf(state);
  card.setAttribute('aria-label', labelOf(state, translator));
  card.setAttribute('dir', translator.direction);
  card.setAttribute('lang', translator.language);
  if (tone === 'pending') card.removeAttribute('data-verdict');
  else card.setAttribute('data-verdict', tone);
  const body =
    state.kind === 'verdict'
      ? verdictBody(view, translator)
      : state.kind === 'error'
        ? errorBody(state, translator)
        : state.kind === 'video'
          ? videoBody(view, state, translator)
          : state.kind === 'pictures'
            ? picturesBody(state, translator)
            : checkingBody(state, translator);
  if (view.subject) body.prepend(element('p', { class: 'muted small' }, view.subject));
  const buttons = foot(view, translator);
  const parts = element('div', {}, head(view, translator), body, buttons);
  if (state.kind === 'video') {
    // Numbers change with every frame: what a person is reading, or has scrolled to, stays.
    morphChildren(card, parts);
    // A button that became another one, or went, must not be pressed in its place.
    if (hadFocus && action !== null && (!card.contains(focused) || action !== actionOf(focused))) focusOn(card, action);
    return;
  }
  const openAgain = rememberOpen(card);
  const scrolled = card.querySelector('.body')?.scrollTop ?? 0;
  card.replaceChildren(...parts.childNodes);
  openAgain();
  body.scrollTop = scrolled;

  if (hadFocus) focusOn(card, action);
}

/** Names a control among those of a card, so that the same one is found after the card was drawn again. */
const actionOf = (control: Element): string | null => {
  const number = control.getAttribute('data-number');
  if (number !== null) return `[data-number="${number}"]`;
  const action = control.getAttribute('data-action');
  if (action !== null) return `[data-action="${action}"]`;
  const summary = control.getAttribute('data-summary');
  return summary === null ? null : `[data-summary="${summary}"]`;
};

/** Focuses the control of an action, or the card where it has none. */
function focusOn(card: HTMLElement, action: string | null): void {
  const same = action ? card.querySelector<HTMLElement>(action) : null;
  (same ?? card).focus({ preventScroll: true });
}

/** @returns an empty card, focusable by script so that Esc and Tab start there */
export function createCard(): HTMLElement {
  return element('div', {
    class: 'card appearing',
    attributes: { role: 'dialog', 'aria-describedby': 'title', tabindex: '-1' },
  });
}
