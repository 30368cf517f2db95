import { errorReport } from '@touchstone/shared';
import { catalogueOf, chooseLanguage } from '@touchstone/shared/words';
import { describe, expect, it } from 'vitest';
import { createTranslator } from './create-translator.ts';

describe('chooseLanguage', () => {
  it('follows the browser when asked to, and skips languages without texts', () => {
    expect(chooseLanguage('auto', ['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(chooseLanguage('auto', ['fr'])).toBe('en');
  });
  it('prefers what the person chose', () => {
    expect(chooseLanguage('ar', ['de'])).toBe('ar');
    expect(chooseLanguage('xx', ['de'])).toBe('de');
  });
  it('knows the writing direction', () => {
    expect([catalogueOf('ar').direction, catalogueOf('de').direction]).toEqual(['rtl', 'ltr']);
  });
});

describe('createTranslator', () => {
  const english = createTranslator('en');
  const german = createTranslator('de');

  it('never shows certainty', () => {
    expect(english.percent(1)).toBe('over 99%');
    expect(english.percent(0.001)).toBe('under 1%');
    expect(english.percent(0.724)).toBe('72%');
  });

  it('translates by code and fills details', () => {
    const reason = {
      code: 'camera-metadata',
      direction: 'camera',
      text: 'English text',
      details: { camera: 'X <b>' },
    } as const;
    expect(german.reason(reason)).toContain('X <b>');
    expect(english.reason(reason)).toBe('English text');
  });

  it('translates errors by code and keeps the English text that came otherwise', () => {
    const error = errorReport('busy');
    expect(german.error(error).message).toContain('beschäftigt');
    expect(english.error(error)).toEqual(error);
  });

  it('formats sizes and durations for people', () => {
    expect(english.bytes(240_000)).toBe('240 kB');
    expect(english.bytes(2_450_000)).toMatch(/^2\.[45] MB$/);
    expect(english.duration(184.4)).toBe('184 ms');
    expect(english.duration(2100)).toBe('2.1 sec');
  });
});
