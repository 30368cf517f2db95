import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../errors.ts';
import { FACT_NAMES, FACT_VALUES } from '../file-facts.ts';
import { CAVEAT_CODES, CAVEATS, REASON_CODES, SENTENCES } from '../sentences.ts';
import { CATALOGUES, LANGUAGES } from './languages.ts';
import type { SentenceTable } from './sentence-table.ts';

const places = (template: string) => [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const sorted = (names: readonly string[]) => [...names].sort();

const translations = LANGUAGES.flatMap((language): [string, SentenceTable][] => {
  const { name, sentences } = CATALOGUES[language];
  return sentences ? [[name, sentences]] : [];
});

describe.each(translations)('%s', (_, translation) => {
  it('has every reason, with the same places', () => {
    expect(sorted(Object.keys(translation.reasons))).toEqual(sorted(REASON_CODES));
    for (const code of REASON_CODES) expect(places(translation.reasons[code])).toEqual(places(SENTENCES[code]));
  });

  it('has every caveat, with the same places', () => {
    expect(sorted(Object.keys(translation.caveats))).toEqual(sorted(CAVEAT_CODES));
    for (const code of CAVEAT_CODES) expect(places(translation.caveats[code])).toEqual(places(CAVEATS[code]));
  });

  it('has every fact of a file, with the same places', () => {
    expect(sorted(Object.keys(translation.factNames))).toEqual(sorted(FACT_NAMES));
    expect(sorted(Object.keys(translation.factValues))).toEqual(sorted(FACT_VALUES));
    for (const value of FACT_VALUES) expect(places(translation.factValues[value])).toEqual(places(value));
  });

  it('has every error with its next step', () => {
    expect(sorted(Object.keys(translation.errors))).toEqual(sorted(ERROR_CODES));
    for (const texts of Object.values(translation.errors)) for (const text of texts) expect(text.trim()).not.toBe('');
  });
});
