import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXT, HOSTILE_TEXT_SHOWN } from './fixtures/hostile-text.ts';
import { foreignText } from './foreign-text.ts';

describe('foreign text', () => {
  it('loses what hides, turns or commands, and keeps what a script or an emoji needs', () => {
    expect(foreignText(HOSTILE_TEXT)).toBe(HOSTILE_TEXT_SHOWN);
  });
  it.each([
    ['a joiner between Latin letters', 'Ca\u200dnon', 'Ca non'],
    ['a joiner at the end', 'می\u200c', 'می'],
    ['a selector behind a letter', 'Canon\ufe0f', 'Canon'],
    ['a second selector, which would carry a hidden message', '❤\ufe0f\ufe0f\ufe0e!', '❤\ufe0f !'],
    ['an escape sequence', '\u001b]0;title\u0007name', ']0;title name'],
    ['white space of every kind', ' a\t\r\n\u00a0\u3000b ', 'a b'],
    ['nothing that can be seen', '\u200b\u3164\u2800', ''],
  ])('loses %s', (_, text, shown) => expect(foreignText(text)).toBe(shown));
  it.each([
    ['a family', '👨\u200d👩\u200d👧'],
    ['a heart on fire', '❤\ufe0f\u200d🔥'],
    ['a skin tone and a profession', '👩🏽\u200d🚀'],
    ['a keycap', '1\ufe0f\u20e3'],
    ['a variant of a Han character', '辻\u{e0100}'],
    ['Hindi', 'क्\u200dष'],
    ['Persian', 'نمی\u200cدانم'],
    ['a sign before an Arabic number', '\u0600١'],
    ['Bengali, Thai, Korean and Georgian', 'বাংলা ไทย 한국어 ქართული'],
  ])('keeps %s', (_, text) => expect(foreignText(text)).toBe(text));
  it('keeps lines where it is told to, but no return that writes over them', () => {
    expect(foreignText('a  b\n\tc\rd\u2028e', { lines: 'many' })).toBe('a  b\n\tc d e');
  });
  it('has a length, and no half character at its end', () => {
    expect(foreignText('abcdef', { most: 3 })).toBe('abc');
    expect(foreignText('ab😀', { most: 3 })).toBe('ab');
    expect(foreignText('ab  cd', { most: 3 })).toBe('ab');
    expect(foreignText(' '.repeat(50_000_000), { most: 80 })).toBe('');
  });
  it('is the same when it is made safe again', () => {
    for (const text of [HOSTILE_TEXT, 'a\u200d\u200db', '👩\u200d\u200d🚀', '❤\ufe0f\ufe0f']) {
      expect(foreignText(foreignText(text))).toBe(foreignText(text));
    }
  });
});
