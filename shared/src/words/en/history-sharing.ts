import type { Messages } from '../message.ts';

/** Cases that people of a team share, and what a role may. */
export const historySharing = {
  'share-case': 'Share case',
  'share-case-title': 'Share the case {name}',
  'share-case-text':
    'Whoever you share it with opens its results with pictures, labels and notes. Only you delete it or choose who sees it. Taken back, it is out of their sight at once.',
  'share-everybody': 'Everybody in the team',
  'share-people': 'By name',
  'share-find': 'Find a person',
  'share-none': 'Does not see it',
  'share-view': 'May look',
  'share-edit': 'May look, add and edit',
  'share-nobody-else': 'There is nobody else in the team yet.',
  'share-saved': 'The case is shared as you chose.',
  'share-ended': 'Only you see the case now.',
  'case-shared': 'Shared',
  'case-shared-by': 'Shared by {name}',
  'case-view': 'You may look at this case, not change it.',
  'record-of': 'This result is from {name}.',
  'record-view': 'You may look at it. Its label, tags and note are changed by its owner.',
  'record-edit': 'You may label it and write beside it. Only its owner deletes it or puts it into other cases.',
  'role-only-look':
    'As a reader you may look. Checking, labelling, filing, deleting and exporting takes the role of an analyst, which an admin can give you.',
} as const satisfies Messages;
