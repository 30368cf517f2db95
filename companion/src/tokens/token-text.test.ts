import { describe, expect, it } from 'vitest';
import { isTokenText, newTokenText, tokenHash } from './token-text.ts';

describe('the text of a token', () => {
  it('is known by its beginning, its length and its checksum', () => {
    const texts = Array.from({ length: 200 }, newTokenText);
    expect(new Set(texts).size).toBe(200);
    for (const text of texts) {
      expect(text).toMatch(/^tst_[0-9A-Za-z]{36}$/);
      expect(isTokenText(text)).toBe(true);
    }
  });

  it('is told from one that was mistyped or cut off', () => {
    const text = newTokenText();
    for (let place = 4; place < text.length; place += 1) {
      const other = text[place] === 'a' ? 'b' : 'a';
      expect(isTokenText(`${text.slice(0, place)}${other}${text.slice(place + 1)}`)).toBe(false);
    }
    for (const wrong of ['', 'tst_', text.slice(0, -1), `${text}0`, ` ${text}`, text.replace('tst_', 'tsx_')]) {
      expect(isTokenText(wrong)).toBe(false);
    }
  });

  it('is kept as a hash that does not hold it', () => {
    const text = newTokenText();
    expect(tokenHash(text)).toMatch(/^[0-9a-f]{64}$/);
    expect(tokenHash(text)).not.toContain(text.slice(4, 12).toLowerCase());
  });
});
