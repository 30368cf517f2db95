import type { historyProvenance as Words } from '../en/history-provenance.ts';
import type { Translated } from '../message.ts';

/** Content Credentials and facts of a file, at length. */
export const historyProvenance: Translated<typeof Words> = {
  'history-show-credentials': 'اعرض ما تقوله',
  'interim-list-help': 'لا تشهد لهذا الموقّع إلا القائمة المؤقتة الأقدم التي لم تعد تُحدَّث.',
  issuer: 'مُصدر الشهادة',
  'trust-list-of': '{name}، {date}',
  'source-trained': 'من صنع نموذج مدرَّب',
  'source-trained-parts': 'فيه أجزاء من صنع نموذج مدرَّب',
  'source-algorithm': 'من صنع خوارزمية غير مدرَّبة',
  'source-camera': 'التقطته كاميرا',
  'source-art': 'رسمه إنسان ببرنامج',
  'source-composite': 'مركّب من عدة مصادر',
  'source-screen': 'تسجيل شاشة',
  'ingredient-parent': 'نسخة سابقة',
  'ingredient-component': 'جزء منه',
  'ingredient-input': 'مدخل لنموذج أو أداة',
  'failure-codes': 'رموز للخبراء',
  'checked-offline': 'فُحصت على هذا الحاسوب بلا شبكة: لا يُسأل هل أُلغيت شهادة بعد ذلك.',
  'file-facts-help': 'ما يقوله الملف عن نفسه. يستطيع أي أحد تعديل هذه المدخلات، ولا يدخل شيء منها في النتيجة.',
  'facts-generator': 'المولِّد',
  'facts-software': 'البرامج',
  'facts-history': 'التاريخ',
  'facts-encoding': 'الترميز',
  'facts-place': 'المكان',
  'facts-rights': 'الحقوق',
  'facts-other': 'أخرى',
  'show-private': 'اعرض المكان والأرقام التسلسلية',
  'hide-private': 'أخفِ المكان والأرقام التسلسلية',
  'private-help': 'تبقى على هذا الحاسوب ولا ترد في أي تصدير ما لم تطلب ذلك.',
};
