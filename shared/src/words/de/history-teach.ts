import type { historyTeach as Words } from '../en/history-teach.ts';
import type { Translated } from '../message.ts';

/** The Teach page beside the history. */
export const historyTeach: Translated<typeof Words> = {
  'teach-verdict-better': 'Besser als das unveränderte Paket auf Bildern, aus denen es nicht gelernt hat.',
  'teach-verdict-no-better': 'Nicht besser als das unveränderte Paket auf Bildern, aus denen es nicht gelernt hat.',
  'teach-verdict-too-few': 'Zu wenige Bilder, um zu sagen, ob es besser ist.',
};
