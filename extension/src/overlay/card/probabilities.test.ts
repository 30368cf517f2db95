import { LANGUAGES, probabilityText } from '@touchstone/shared/words';
import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../i18n/create-translator.ts';
import { createBadge, renderBadge } from '../badge/badge.ts';
import { createCard, renderCard } from './card.ts';
import { sampleRecord } from './sample-record.ts';

describe.each(LANGUAGES)('probabilities on the page (%s)', (language) => {
  const translator = createTranslator(language);

  it.each([0.996, 0.004])('are said as on every other surface: %d', (probability) => {
    const said = probabilityText(probability, language);
    const record = sampleRecord({ verdict: { ...sampleRecord().verdict, probability } });
    const badge = createBadge();
    renderBadge(badge, { kind: 'verdict', record }, translator, false);
    expect(badge.getAttribute('aria-label')).toContain(said);
    const card = createCard();
    renderCard(card, { state: { kind: 'verdict', record }, label: { status: 'none' } }, translator);
    expect(card.querySelector('.chance')?.textContent).toContain(said);
    expect(translator.percent(probability)).toBe(said);
  });
});
