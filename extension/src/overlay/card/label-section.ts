import type { Label } from '@touchstone/shared';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import type { LabelState } from '../check-state.ts';
import { element } from '../draw/element.ts';
import { actionButton } from './action-button.ts';

const CHOICES: readonly Label[] = ['fake', 'real', 'unsure'];

/** The "Wrong?" conversation: asks what the picture really is, thanks, and takes it back on request. */
export function labelSection(
  label: LabelState,
  translator: Translator,
  question: 'wrong-question' | 'wrong-question-video' = 'wrong-question',
): HTMLElement | undefined {
  if (label.status === 'none') return undefined;
  const section = element('section', { class: 'rule stack label-section' });
  if (label.status === 'asking') {
    section.append(
      element('h3', {}, translator.text(question)),
      element(
        'div',
        { class: 'choices' },
        ...CHOICES.map((value) => actionButton(`label-${value}`, translator.text(`label-${value}`))),
        actionButton('back', translator.text('back'), 'plain'),
      ),
    );
  } else if (label.status === 'saving') {
    section.append(element('div', { class: 'muted' }, translator.text('label-saving')));
  } else if (label.status === 'saved') {
    const thanks = translator.text('label-thanks', { label: translator.text(`label-${label.label}`) });
    section.append(
      element(
        'div',
        { class: 'lead' },
        element('span', {}, thanks),
        actionButton('undo', translator.text('undo'), 'plain'),
      ),
    );
  } else {
    const { message, nextStep } = translator.error(label.error);
    section.append(element('div', {}, `${message} ${nextStep}`));
  }
  return section;
}
