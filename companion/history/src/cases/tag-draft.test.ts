import { MAX_TAG_LENGTH, MAX_TAGS } from '@touchstone/shared';
import { expect, it } from 'vitest';
import { addTags } from './tag-draft.ts';

it('adds what was typed or pasted, once each and without space around', () => {
  expect(addTags(['fire'], ' harbour ')).toEqual(['fire', 'harbour']);
  expect(addTags(['fire'], 'one, two,,fire,  three\n words ')).toEqual(['fire', 'one', 'two', 'three words']);
  expect(addTags(['fire'], ' , ')).toEqual(['fire']);
});

it('says what is in the way of a tag that is too long, or one too many', () => {
  expect(addTags([], 'x'.repeat(MAX_TAG_LENGTH + 1))).toBe('tag-invalid');
  const full = Array.from({ length: MAX_TAGS }, (_, index) => `${index}`);
  expect(addTags(full, 'more')).toBe('tags-full');
  expect(addTags(full, '1')).toEqual(full);
});
