import type { historyTeach as Words } from '../en/history-teach.ts';
import type { Translated } from '../message.ts';

/** The Teach page beside the history. */
export const historyTeach: Translated<typeof Words> = {
  'teach-verdict-better': 'أفضل من الحزمة الأصلية في صور لم تتعلّم منها.',
  'teach-verdict-no-better': 'ليست أفضل من الحزمة الأصلية في صور لم تتعلّم منها.',
  'teach-verdict-too-few': 'الصور أقل من أن يُعرف منها هل هي أفضل.',
};
