import type { Verdict } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { contradictionsIn, textsOn } from '../../../../shared/src/present/fixtures/claims.ts';
import verdicts from '../../../../shared/src/present/fixtures/verdicts.json' with { type: 'json' };
import { createTranslator } from '../../i18n/create-translator.ts';
import { badgeName, createBadge, renderBadge } from '../badge/badge.ts';
import { createCard, renderCard } from './card.ts';
import { sampleRecord } from './sample-record.ts';

const english = createTranslator('en');

/** Verdicts as the companion makes them, from every row of its table and from records of earlier versions. */
const VERDICTS = verdicts as readonly Verdict[];

describe('no two sentences disagree', () => {
  it('on a card', () => {
    for (const verdict of VERDICTS) {
      const card = createCard();
      const state = { kind: 'verdict', record: sampleRecord({ verdict }) } as const;
      renderCard(card, { state, label: { status: 'none' }, imageSearch: 'tineye' }, english);
      expect(contradictionsIn(textsOn(card)), JSON.stringify(verdict)).toEqual([]);
    }
  });

  it('on a badge', () => {
    for (const verdict of VERDICTS) {
      const badge = createBadge();
      const state = { kind: 'verdict', record: sampleRecord({ verdict }) } as const;
      renderBadge(badge, state, english);
      const name = badgeName(state, english).replace(/\. Show details\.$/, '');
      expect(contradictionsIn([...textsOn(badge), ...name.split(', ')]), JSON.stringify(verdict)).toEqual([]);
    }
  });

  it('and what is not decided always says what to do next', () => {
    for (const verdict of VERDICTS) {
      const card = createCard();
      const state = { kind: 'verdict', record: sampleRecord({ verdict }) } as const;
      renderCard(card, { state, label: { status: 'none' } }, english);
      expect(card.querySelectorAll('.next li').length > 0).toBe(verdict.value === 'uncertain');
    }
  });
});
