/** Of so many turns one goes to bulk first, so that a stream of questions never starves it. */
export const BULK_TURN = 8;

const ASKED_FIRST = ['asked', 'bulk'] as const;
const BULK_FIRST = ['bulk', 'asked'] as const;

/** @param turn counts from 1 @returns the lanes of waiting work in the order in which this turn looks at them */
export function waitingLanes(turn: number): typeof ASKED_FIRST | typeof BULK_FIRST {
  return turn % BULK_TURN === 0 ? BULK_FIRST : ASKED_FIRST;
}
