import { TouchstoneError } from '@touchstone/shared';

/**
 * The one thing whose id begins with what a person typed.
 * @param words what such things are called, in the plural and alone: "browsers", "browser"
 * @throws TouchstoneError `bad-request` where there is none, or more than one
 */
export function onlyMatch<Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string,
  [many, one]: readonly [many: string, one: string],
): Item {
  const matches = items.filter((item) => item.id.startsWith(id));
  const [match, second] = matches;
  if (match && !second) return match;
  throw new TouchstoneError('bad-request', match ? `${matches.length} ${many} begin with ${id}` : `no ${one} ${id}`);
}
