import type { Messages } from '../message.ts';

/** What is done to results in the list, and how a deletion is taken back. */
export const historyActions = {
  'files-cancelled': { one: '{count} file cancelled', other: '{count} files cancelled' },
  'retention-room': 'Room they may take',
  'retention-room-any': 'As much as there is',
  'retention-room-limited': 'No more than',
  megabytes: 'Megabytes',
  'megabytes-invalid': 'A whole number, {least} or more.',
  'retention-room-warning':
    'Results, previews and kept originals count. The oldest results are deleted until the rest fits, as soon as this is saved.',
} as const satisfies Messages;
