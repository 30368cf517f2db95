import type { historySharing as Words } from '../en/history-sharing.ts';
import type { Translated } from '../message.ts';

/** Cases that people of a team share, and what a role may. */
export const historySharing: Translated<typeof Words> = {
  'share-case': 'شارك القضية',
  'share-case-title': 'مشاركة القضية {name}',
  'share-case-text':
    'من تشاركها معه يفتح نتائجها بصورها وتصنيفاتها وملاحظاتها. أنت وحدك تحذفها أو تختار من يراها. وإن رجعت عن المشاركة غابت عنه فورًا.',
  'share-everybody': 'كل من في الفريق',
  'share-people': 'بالاسم',
  'share-find': 'ابحث عن شخص',
  'share-none': 'لا يراها',
  'share-view': 'يجوز له الاطلاع',
  'share-edit': 'يجوز له الاطلاع والإضافة والتعديل',
  'share-nobody-else': 'ليس في الفريق أحد غيرك بعد.',
  'share-saved': 'شوركت القضية كما اخترت.',
  'share-ended': 'لا يرى القضية الآن سواك.',
  'case-shared': 'مشاركة',
  'case-shared-by': 'شاركها {name}',
  'case-view': 'يمكنك الاطلاع على هذه القضية دون تعديلها.',
  'record-of': 'هذه النتيجة من {name}.',
  'record-view': 'يمكنك الاطلاع عليها. أما تصنيفها ووسومها وملاحظتها فيعدّلها مالكها.',
  'record-edit': 'يمكنك تصنيفها والكتابة بجانبها. أما حذفها أو وضعها في قضايا أخرى فلمالكها وحده.',
  'role-only-look':
    'دورك قارئ، ويتيح لك الاطلاع. أما الفحص والتصنيف والتنظيم والحذف والتصدير فتحتاج إلى دور محلل يمنحك إياه أحد المشرفين.',
};
