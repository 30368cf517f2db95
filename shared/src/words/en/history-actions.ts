import type { Messages } from '../message.ts';

/** What is done to results in the list, and how a deletion is taken back. */
export const historyActions = {
  'files-cancelled': { one: '{count} file cancelled', other: '{count} files cancelled' },
} as const satisfies Messages;
