import { MAX_TAG_LENGTH, MAX_TAGS } from '@touchstone/shared';

export type TagTrouble = 'tag-invalid' | 'tags-full';

/**
 * Adds what a person typed or pasted; commas part tags.
 * @returns the tags, or what is in the way; then nothing was added
 */
export function addTags(tags: readonly string[], typed: string): readonly string[] | TagTrouble {
  const words = typed
    .split(',')
    .map((word) => word.replace(/\s+/gu, ' ').trim())
    .filter((word) => word !== '');
  const all = [...new Set([...tags, ...words])];
  if (words.some((word) => word.length > MAX_TAG_LENGTH)) return 'tag-invalid';
  return all.length > MAX_TAGS ? 'tags-full' : all;
}

/** The number that the words of a trouble name. */
export const TAG_LIMITS: Readonly<Record<TagTrouble, number>> = {
  'tag-invalid': MAX_TAG_LENGTH,
  'tags-full': MAX_TAGS,
};
