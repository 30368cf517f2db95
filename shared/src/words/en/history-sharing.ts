import type { Messages } from '../message.ts';

/** Cases that people of a team share, what a role may, what the team keeps, and how its processes do. */
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
    'As a reader you may look. Checking, labelling, filing, deleting and exporting lists takes the role of an analyst, which an admin can give you.',
  'team-settings': 'What the team keeps',
  'team-settings-help':
    'It holds for everybody, and for what was checked before: what is too old is deleted, from shared cases, too.',
  'team-pack-quick': 'Pack for quick checks',
  'team-pack-thorough': 'Pack for thorough checks',
  'team-pack-default': 'As each worker prefers',
  'team-pack-gone': 'no worker has it',
  'team-pack-workers': { one: '{count} worker', other: '{count} workers' },
  'team-system-lead': 'How the workers and queues of this team do.',
  'team-workers': 'Workers',
  'team-worker': 'Worker',
  'team-server-version': 'This server runs {version}.',
  'team-no-workers': 'No worker lives: what is asked waits until one is started (touchstone worker).',
  'team-in-hand': 'In work',
  'team-packs': 'Packs',
  'team-pack': 'Pack',
  'team-queues': 'What waits',
  'team-no-queues': 'Nothing waits, and nothing is in work.',
  'team-oldest': 'Waits longest',
  'team-unserved': 'Some checks wait for a pack that no worker has.',
  'filed-help-team':
    'Stays on your team’s server, beside the result, for whoever sees it there. The report of a case has it.',
  'what-is-it-help-team': 'Your answer stays on your team’s server, beside the result.',
  'delete-case-text-team':
    'Its note and tags are removed from your team’s server, also for those who see it. Its results stay with those who checked them.',
  'shared-in-cases': 'What others share with you is in the cases.',
  'delete-text-team': {
    one: 'The result, its picture and its label are removed from your team’s server, also for those who see it in a case.',
    other:
      'The results, their pictures and labels are removed from your team’s server, also for those who see them in a case.',
  },
} as const satisfies Messages;
