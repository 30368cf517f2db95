import type { historyActions as Words } from '../en/history-actions.ts';
import type { Translated } from '../message.ts';

/** What is done to results in the list, and how a deletion is taken back. */
export const historyActions: Translated<typeof Words> = {
  'files-cancelled': {
    zero: 'لم يُلغَ أي ملف',
    one: 'أُلغي ملف واحد',
    two: 'أُلغي ملفان',
    few: 'أُلغيت {count} ملفات',
    many: 'أُلغي {count} ملفًا',
    other: 'أُلغي {count} ملف',
  },
  'retention-room': 'المساحة المسموح بها',
  'retention-room-any': 'كل المساحة المتاحة',
  'retention-room-limited': 'لا أكثر من',
  megabytes: 'ميغابايت',
  'megabytes-invalid': 'عدد صحيح لا يقل عن {least}.',
  'retention-room-warning':
    'تُحسب النتائج والمعاينات والأصول المحفوظة. تُحذف أقدم النتائج فور الحفظ حتى تتسع المساحة للبقية.',
};
