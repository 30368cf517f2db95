import { expect, it } from 'vitest';
import { withDeletions } from './use-undo.ts';

const told = [
  { deletion: 'a', until: 1_000, count: 2 },
  { deletion: 'b', until: 2_000, count: 1 },
];

it('what was deleted before the page was loaded comes before what was deleted on it, each once', () => {
  const own = { count: 3, deletions: ['b', 'c'], until: 2_000 };
  expect(withDeletions([own], told)).toEqual([{ count: 2, deletions: ['a'], until: 1_000 }, own]);
  expect(withDeletions([], told).map(({ deletions }) => deletions)).toEqual([['a'], ['b']]);
});
