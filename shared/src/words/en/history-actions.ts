import type { Messages } from '../message.ts';

/** What is done to results in the list, and how a deletion is taken back. */
export const historyActions = {
  'delete-undoable': {
    one: 'You can undo this for {count} second.',
    other: 'You can undo this for {count} seconds.',
  },
  'delete-final': 'This cannot be undone.',
  'undo-bar': 'The last deletion',
  'undo-hint': '{keys} brings back what was deleted.',
  restored: { one: '{count} result is back.', other: '{count} results are back.' },
  'files-cancelled': { one: '{count} file cancelled', other: '{count} files cancelled' },
  'retention-room': 'Room they may take',
  'retention-room-any': 'As much as there is',
  'retention-room-limited': 'No more than',
  megabytes: 'Megabytes',
  'megabytes-invalid': 'A whole number, {least} or more.',
  'retention-room-warning':
    'Results, previews and kept originals count. The oldest results are deleted until the rest fits, as soon as this is saved.',
  'export-jsonl': 'JSON Lines',
  'recheck-many-text': {
    one: '{count} file is judged once more with the pack you name. The new result is added to the history.',
    other: '{count} files are judged once more with the pack you name. The new results are added to the history.',
  },
  'recheck-many-left': {
    one: '{count} is left out: its original was not kept, and its file was not given to this page.',
    other: '{count} are left out: their originals were not kept, and their files were not given to this page.',
  },
  'recheck-many-limit': 'No more than {count} files are checked again at once. Select fewer.',
  'recheck-many-done': { one: '{count} file checked again.', other: '{count} files checked again.' },
  'recheck-many-differ': {
    one: '{count} says something else now.',
    other: '{count} say something else now.',
  },
} as const satisfies Messages;
