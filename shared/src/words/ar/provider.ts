import type { provider as Words } from '../en/provider.ts';
import type { Translated } from '../message.ts';

/** Why the model runs on the provider that it runs on. */
export const provider: Translated<typeof Words> = {
  'provider-no-pack': 'لا توجد حزمة نموذج مثبّتة.',
  'provider-not-tried': 'يشغّل المعالج النموذج ريثما تُجرَّب طرق أسرع.',
  'provider-asked-cpu': 'اختير المعالج لتشغيل النموذج.',
  'provider-asked': 'اختير {provider} واجتاز اختباره الذاتي.',
  'provider-asked-fails': 'يشغّل المعالج النموذج: اختير {provider} لكنه أخفق ({failures}).',
  'provider-none-built-in': 'يشغّل المعالج النموذج: لا تتضمن هذه النسخة طريقة أسرع.',
  'provider-none-works': 'يشغّل المعالج النموذج: لا تعمل هنا طريقة أسرع ({failures}).',
  'provider-not-faster':
    'يشغّل المعالج النموذج: يعمل {provider} لكنه ليس أسرع ({ms} مللي ثانية للصورة مقابل {cpuMs} مللي ثانية على المعالج).',
  'provider-fastest':
    'اجتاز {provider} اختباره الذاتي وهو الأسرع ({ms} مللي ثانية للصورة مقابل {cpuMs} مللي ثانية على المعالج).',
  'provider-works': 'اجتاز {provider} اختباره الذاتي.',
  'provider-failed-at-work': 'يشغّل المعالج النموذج: أخفق {provider} أثناء العمل.',
  'provider-failure': '{provider}: {why}',
  'provider-failure-no-gpu': 'لم يُعثر على بطاقة رسوميات أو تعريف صالح لها',
  'provider-failure-no-library': 'مكتباته غير مثبّتة',
  'provider-failure-not-built-in': 'غير متضمَّن في هذه النسخة',
  'provider-failure-no-answer': 'لم يُجب في الوقت المحدد',
  'provider-failure-crashed': 'تعطّل تعريفه ({detail})',
  'provider-failure-wrong-numbers': 'يحسب حسابًا خاطئًا هنا',
  'provider-failure-failed': 'أخفق ({detail})',
};
