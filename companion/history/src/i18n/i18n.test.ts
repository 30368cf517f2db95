import { CAVEAT_CODES, errorReport, REASON_CODES, SENTENCES } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { localeFor, startLanguage } from './language.ts';
import { formatMessage, type Message } from './message.ts';
import { caveatSentence, errorSentences, reasonSentence } from './sentences.ts';

const forms = (message: Message) => (typeof message === 'string' ? [message] : Object.values(message));
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

describe.each([
  ['de', de],
  ['ar', ar],
] as const)('dictionary %s', (language, dictionary) => {
  it('has exactly the messages of English', () => {
    expect(Object.keys(dictionary).sort()).toEqual(Object.keys(en).sort());
  });

  it('has a text for every plural category of its language', () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, message] of Object.entries(dictionary)) {
      if (typeof message === 'object') expect(Object.keys(message).sort(), key).toEqual([...categories].sort());
    }
  });

  it('fills no place that English does not fill, and loses none but a count said in words', () => {
    for (const [key, message] of Object.entries(dictionary)) {
      const expected = new Set(forms(en[key as keyof typeof en]).flatMap(places));
      for (const form of forms(message)) {
        const found = places(form);
        expect([...expected], key).toEqual(expect.arrayContaining(found));
        for (const place of expected) if (place !== 'count') expect(found, `${key}: ${form}`).toContain(place);
      }
      expect(
        forms(message).every((form) => form.trim() !== ''),
        key,
      ).toBe(true);
    }
  });

  it('translates every reason and caveat, with the same places', () => {
    const details = Object.fromEntries(
      REASON_CODES.flatMap((code) => places(SENTENCES[code])).map((name) => [name, 'G']),
    );
    for (const code of REASON_CODES) {
      const filled = reasonSentence(language, { code, text: 'english', details });
      expect(filled).not.toBe('english');
      expect(filled).not.toContain('?');
      if (places(SENTENCES[code]).length > 0) expect(filled).toContain('G');
    }
    for (const code of CAVEAT_CODES) expect(caveatSentence(language, { code, text: 'english' })).not.toBe('english');
  });

  it('says what to do next when the companion is gone', () => {
    expect(errorSentences(language, errorReport('companion-unreachable')).nextStep).toContain('npm start');
  });
});

describe('messages', () => {
  it('chooses Arabic plural forms and leaves hostile values alone', () => {
    expect(formatMessage('ar', ar.results, { count: 2 })).toBe('نتيجتان');
    expect(formatMessage('ar', ar.confidence, { level: '83%' })).toBe('الثقة: \u206883%\u2069');
    expect(formatMessage('en', en.results, { count: 12345 })).toBe('12,345 results');
    expect(formatMessage('en', en.removeFilter, { name: '{count} $& <b>' })).toBe('Remove the filter {count} $& <b>');
  });
});

describe('start language', () => {
  const storage = (value: string | null) => ({ getItem: () => value });
  it('prefers the choice, then the browser, then English', () => {
    expect(startLanguage(storage('ar'), ['de-AT'])).toBe('ar');
    expect(startLanguage(storage('xx'), ['fr-FR', 'de-AT'])).toBe('de');
    expect(startLanguage(storage(null), ['fr'])).toBe('en');
    expect(localeFor('de', ['fr', 'de-AT'])).toBe('de-AT');
  });
});
