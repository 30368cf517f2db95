import { errorReport } from '@touchstone/shared';
import { localeFor, textOf } from '@touchstone/shared/words';
import { describe, expect, it } from 'vitest';
import { startLanguage } from './language.ts';
import { caveatSentence, errorSentences, reasonSentence } from './sentences.ts';

describe('sentences that travel by code', () => {
  it('are said in the language of the reader, with their details', () => {
    const reason = { code: 'c2pa-other', text: 'english', details: { signer: 'G' } };
    expect(reasonSentence('de', reason)).toContain('signiert von G');
    expect(reasonSentence('en', reason)).toBe('english');
    expect(caveatSentence('ar', { code: 'screenshot', text: 'english' })).not.toBe('english');
  });

  it('stay English where the code is from another time', () => {
    expect(reasonSentence('de', { code: 'from-tomorrow', text: 'english', details: {} })).toBe('english');
  });

  it('say what to do next when the companion is gone', () => {
    expect(errorSentences('ar', errorReport('companion-unreachable')).nextStep).toContain('npm start');
  });
});

describe('messages', () => {
  it('choose Arabic plural forms and leave hostile values alone', () => {
    expect(textOf('ar', 'results', { count: 2 })).toBe('نتيجتان');
    expect(textOf('ar', 'probability-likely', { percent: '83%' })).toBe(
      'احتمال أنها من الذكاء الاصطناعي: \u206883%\u2069',
    );
    expect(textOf('en', 'results', { count: 12345 })).toBe('12,345 results');
    expect(textOf('en', 'remove-filter', { name: '{count} $& <b>' })).toBe('Remove the filter {count} $& <b>');
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
