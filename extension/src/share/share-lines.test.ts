import { describe, expect, it } from 'vitest';
import { createTranslator } from '../i18n/create-translator.ts';
import { sampleRecord } from '../overlay/card/sample-record.ts';
import { LINE_CHARACTERS, shareLines, shareText } from './share-lines.ts';
import { wrap } from './share-picture.ts';

describe('a result that is passed on', () => {
  it.each(['en', 'de', 'ar'] as const)('says step, chance, date, packs and that it is no proof: %s', (language) => {
    const translator = createTranslator(language);
    const record = sampleRecord({
      source: { kind: 'image', path: 'original-bytes', url: 'https://a.test/x/harbour.jpg', private: false },
    });
    const text = shareText(shareLines(record, translator));
    for (const part of [
      translator.verdict(record.verdict),
      translator.percent(record.verdict.probability),
      translator.dateTime(record.at),
      `${record.pack.name} ${record.pack.version}`,
      'harbour.jpg',
      translator.text('never-proof'),
    ])
      expect(text).toContain(part);
  });

  it('has no address: whoever reads it learns nothing of where a person was', () => {
    const source = { kind: 'image', path: 'original-bytes', url: 'https://a.test/', private: false } as const;
    const record = sampleRecord({ source: { ...source, pageUrl: 'https://b.test/page', pageTitle: 'A page' } });
    const text = shareText(shareLines(record, createTranslator('en')));
    for (const told of ['http', 'a.test', 'b.test', 'A page', record.id]) expect(text).not.toContain(told);
  });

  it('does not tell what a person has checked before', () => {
    const { verdict } = sampleRecord();
    const seen = { code: 'seen-same-file', direction: 'neutral', text: 'You checked it.', details: {} } as const;
    const record = sampleRecord({ verdict: { ...verdict, reasons: [seen, ...verdict.reasons] } });
    const { reasons } = shareLines(record, createTranslator('en'));
    expect(reasons).toEqual(verdict.reasons.map(({ text }) => text));
  });

  it('says what a file says of itself without what deceives or fills the screen', () => {
    const source = { kind: 'image', path: 'file', fileName: `a\u202egpj.${'x'.repeat(5000)}`, private: false } as const;
    const { facts } = shareLines(sampleRecord({ source }), createTranslator('en'));
    expect(facts[0]).not.toContain('\u202e');
    expect(facts[0]?.length).toBeLessThanOrEqual(LINE_CHARACTERS);
  });
});

describe('lines of its picture', () => {
  const widthOf = (text: string): number => text.length;
  it('break between words', () => {
    expect(wrap('one two three four', 9, widthOf)).toEqual(['one two', 'three', 'four']);
  });
  it('break inside a word that is wider than all, and lose nothing', () => {
    expect(wrap('a 0123456789 b', 4, widthOf).join('').replaceAll(' ', '')).toBe('a0123456789b');
    for (const row of wrap('a 0123456789 b', 4, widthOf)) expect(row.length).toBeLessThanOrEqual(4);
  });
});
