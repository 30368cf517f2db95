import { TouchstoneError } from '@touchstone/shared';

/**
 * A room that one person's computer has and a team's server has not. The table of roles lets nobody as far as here; whatever asks all
 * the same hears that there is nothing.
 */
export function absentRoom<Room extends object>(): Room {
  return new Proxy({} as Room, {
    get(_, name) {
      if (name === 'then') return undefined;
      throw new TouchstoneError('unknown-address', `${String(name)} is not there on a team's server`);
    },
  });
}
