import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../i18n/create-translator.ts';
import { sampleRecord } from '../card/sample-record.ts';
import type { CheckState } from '../check-state.ts';
import { badgeLook, createBadge, isCompact, renderBadge } from './badge.ts';

const translator = createTranslator('en');
function badgeOf(state: CheckState) {
  const badge = createBadge();
  renderBadge(badge, state, translator, isCompact(state, 400));
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
    const verdict: CheckState = { kind: 'verdict', record: sampleRecord() };
    expect(isCompact(verdict, 120)).toBe(true);
    expect(isCompact(verdict, 400)).toBe(false);
    expect(isCompact({ kind: 'checking' }, 400)).toBe(true);
    expect(badgeOf({ kind: 'checking' }).classList.contains('compact')).toBe(true);
  });

  it('looks alike for one word of the scale, and not for another or without its words', () => {
    const of = (value: 'fake' | 'real', probability: number): CheckState => ({
      kind: 'verdict',
      record: sampleRecord({ verdict: { ...sampleRecord().verdict, value, probability } }),
    });
    const look = badgeLook(of('fake', 0.9), translator, false);
    expect(badgeLook(of('fake', 0.8), translator, false)).toBe(look);
    expect(badgeLook(of('real', 0.9), translator, false)).not.toBe(look);
    expect(badgeLook(of('fake', 0.9), translator, true)).not.toBe(look);
  });
});
