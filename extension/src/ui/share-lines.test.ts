import { describe, expect, it } from 'vitest';
import { createTranslator } from '../i18n/create-translator.ts';
import { sampleRecord } from '../overlay/card/sample-record.ts';
import { shareLines, shareText } from './share-lines.ts';
import { wrap } from './share-picture.ts';

describe('a result that is passed on', () => {
  it.each(['en', 'de', 'ar'] as const)('says step, chance, date, packs and that it is no proof: %s', (language) => {
    const translator = createTranslator(language);
    const record = sampleRecord();
    const text = shareText(shareLines(record, 'harbour.jpg', translator));
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
    const record = sampleRecord();
    const text = shareText(shareLines(record, undefined, createTranslator('en')));
    expect(text).not.toContain('http');
    expect(text).not.toContain(record.id);
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
