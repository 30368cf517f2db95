import type { Verdict } from '@touchstone/shared';
import { LANGUAGES } from '@touchstone/shared/words';
import { describe, expect, it } from 'vitest';
import { claimsCounted, contradictionsIn, textsOn } from '../../../../shared/src/present/fixtures/claims.ts';
import verdicts from '../../../../shared/src/present/fixtures/verdicts.json' with { type: 'json' };
import { toolbarWords } from '../../background/tabs/tab-signs.ts';
import { createTranslator } from '../../i18n/create-translator.ts';
import { badgeName, createBadge, renderBadge } from '../badge/badge.ts';
import type { CheckState } from '../check-state.ts';
import { noVideoYet } from '../video/video-state.ts';
import { createCard, renderCard } from './card.ts';
import { sampleRecord } from './sample-record.ts';

/** Verdicts as the companion makes them, from every row of its table and from records of earlier versions. */
const VERDICTS = verdicts as readonly Verdict[];
const pictureOf = (verdict: Verdict): CheckState => ({ kind: 'verdict', record: sampleRecord({ verdict }) });
const videoOf = (verdict: Verdict, activity: 'sampling' | 'ended'): CheckState => ({
  ...noVideoYet,
  activity,
  verdict,
  framesAnalyzed: 7,
  ...(activity === 'ended' && { record: sampleRecord({ verdict }) }),
});
const statesOf = (verdict: Verdict): CheckState[] => [
  pictureOf(verdict),
  videoOf(verdict, 'sampling'),
  videoOf(verdict, 'ended'),
];

describe.each(LANGUAGES)('no two sentences disagree (%s)', (language) => {
  const translator = createTranslator(language);

  it('on a card', () => {
    for (const verdict of VERDICTS) {
      for (const state of statesOf(verdict)) {
        const card = createCard();
        renderCard(card, { state, label: { status: 'none' }, imageSearch: 'tineye' }, translator);
        const texts = textsOn(card);
        // The word of the scale and the number at least: what nobody understands contradicts nothing.
        expect(claimsCounted(texts, language)).toBeGreaterThanOrEqual(2);
        expect(contradictionsIn(texts, language), JSON.stringify(verdict)).toEqual([]);
      }
    }
  });

  it('on a badge', () => {
    const [, after = ''] = translator.text('badge-details', { summary: '|' }).split('|');
    for (const verdict of VERDICTS) {
      for (const state of statesOf(verdict)) {
        const badge = createBadge();
        renderBadge(badge, state, translator, false);
        const parts = badgeName(state, translator).replace(after, '').split(', ');
        expect(claimsCounted(parts, language)).toBeGreaterThanOrEqual(2);
        expect(contradictionsIn([...textsOn(badge), ...parts], language), JSON.stringify(verdict)).toEqual([]);
      }
    }
  });

  it('on the toolbar button', () => {
    for (const verdict of VERDICTS) {
      const words = toolbarWords(verdict, translator);
      expect(claimsCounted(words, language)).toBe(2);
      expect(contradictionsIn(words, language), JSON.stringify(verdict)).toEqual([]);
    }
  });
});

it('what is not decided always says what to do next', () => {
  for (const verdict of VERDICTS) {
    const card = createCard();
    renderCard(card, { state: pictureOf(verdict), label: { status: 'none' } }, createTranslator('en'));
    expect(card.querySelectorAll('.next li').length > 0).toBe(verdict.value === 'uncertain');
  }
});
