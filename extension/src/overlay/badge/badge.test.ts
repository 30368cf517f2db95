import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../i18n/create-translator.ts';
import { sampleRecord } from '../card/sample-record.ts';
import type { CheckState } from '../check-state.ts';
import { createBadge, fitBadge, renderBadge } from './badge.ts';

const translator = createTranslator('en');
function badgeOf(state: CheckState) {
  const badge = createBadge();
  renderBadge(badge, state, translator);
  return badge;
}

describe('renderBadge', () => {
  it('is a button whose name says everything', () => {
    const badge = badgeOf({ kind: 'verdict', record: sampleRecord() });
    expect(badge.tagName).toBe('BUTTON');
    expect(badge.getAttribute('aria-label')).toBe('Likely AI, Chance of AI: 72%. Show details.');
  });

  it('tells verdicts by shape, not by colour alone', () => {
    const { verdict } = sampleRecord();
    const shapes = (['fake', 'real', 'uncertain'] as const).map((value) =>
      badgeOf({ kind: 'verdict', record: sampleRecord({ verdict: { ...verdict, value } }) })
        .querySelector('path')
        ?.getAttribute('d'),
    );
    expect(new Set(shapes).size).toBe(3);
  });

  it('leaves its words out on narrow pictures and while it waits', () => {
    const badge = badgeOf({ kind: 'verdict', record: sampleRecord() });
    fitBadge(badge, 120);
    expect(badge.classList.contains('compact')).toBe(true);
    fitBadge(badge, 400);
    expect(badge.classList.contains('compact')).toBe(false);
    const pending = badgeOf({ kind: 'checking' });
    fitBadge(pending, 400);
    expect(pending.classList.contains('compact')).toBe(true);
  });
});
