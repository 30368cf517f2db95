import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CaseChange, CaseName, MAX_NOTE_LENGTH, MAX_TAGS, NewCase, Note, Tag, Tags } from './cases.ts';

describe('what a person writes of cases', () => {
  it.each(['', '   ', 'two\nlines', 'a,b', 'x'.repeat(41), 'nul\0', 7, null])('is no tag: %j', (tag) => {
    expect(v.is(Tag, tag)).toBe(false);
  });

  it('has each tag once, without the space around it, always in the same order', () => {
    expect(v.parse(Tags, [' harbour', 'fire', 'harbour '])).toEqual(['fire', 'harbour']);
    expect(
      v.is(
        Tags,
        Array.from({ length: MAX_TAGS + 1 }, (_, index) => `${index}`),
      ),
    ).toBe(false);
  });

  it('may have lines in a note, and none in a name', () => {
    expect(v.parse(Note, 'one\n\ttwo')).toBe('one\n\ttwo');
    expect(v.is(CaseName, 'one\ntwo')).toBe(false);
    expect(v.is(Note, 'x'.repeat(MAX_NOTE_LENGTH + 1))).toBe(false);
    expect(v.is(Note, 'a\0b')).toBe(false);
  });

  it('has no half of a surrogate pair, which no JSON of others could hold', () => {
    expect(v.parse(CaseName, 'cut \ud83d')).toBe('cut \ufffd');
  });

  it('is refused where it is misspelt, so that nobody takes a change for done', () => {
    expect(v.is(CaseChange, { nmae: 'Fire' })).toBe(false);
    expect(v.is(NewCase, { note: 'without a name' })).toBe(false);
    expect(v.parse(NewCase, { name: ' Fire ' })).toEqual({ name: 'Fire', note: '', tags: [] });
  });
});
