import type { CaseRight } from '@touchstone/shared';
import type { CaseSharing, CaseSharingChange } from '@touchstone/shared/api';

type People = CaseSharing['people'];

/** The same with another right for one person; null: none any more. */
export function withRight(
  people: People,
  { id, name }: Pick<People[number], 'id' | 'name'>,
  right: CaseRight | null,
): People {
  const others = people.filter((one) => one.id !== id);
  return right === null ? others : [...others, { id, name, right }];
}

/** A draft as the server takes it, without names. */
export const sharingChange = ({ everybody, people }: CaseSharing): CaseSharingChange => ({
  everybody,
  people: people.map(({ id, right }) => ({ id, right })),
});
