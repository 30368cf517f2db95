import type { pairing as Words } from '../en/pairing.ts';
import type { Translated } from '../message.ts';

/** The page that the companion opens to pair a browser. */
export const pairing: Translated<typeof Words> = {
  'pairing-page-title': 'Touchstone: اقتران هذا المتصفح',
  'pairing-page-heading': 'اقتران هذا المتصفح مع Touchstone',
  'pairing-page-about':
    'يتيح الاقتران لإضافة Touchstone في هذا المتصفح إرسال الصور إلى Touchstone على هذا الحاسوب، ولا إلى أي مكان آخر. ويُجرى مرة واحدة لكل ملف شخصي في المتصفح.',
  'pairing-page-waiting': 'يجري البحث عن إضافة Touchstone في هذا المتصفح…',
  'pairing-page-absent': 'لم تُجب أي إضافة Touchstone في هذا المتصفح.',
  'pairing-page-no-code': 'لا يحمل هذا العنوان رمز اقتران. نفّذ «npm run touchstone pair» وافتح الرابط الذي يعرضه.',
  'pairing-page-extension-present': 'إضافة Touchstone موجودة. اضغط زر «اقتران» فيها لإتمام العملية.',
  'pairing-page-paired': 'تم الاقتران. انقر أي صورة بالزر الأيمن واختر «فحص هذه الصورة». يمكنك إغلاق هذه الصفحة.',
  'pairing-page-failed': 'لم ينجح الاقتران؛ والسبب مذكور أدناه. للحصول على رمز جديد نفّذ «npm run touchstone pair».',
  'pairing-page-load-heading': 'حمّل الإضافة أولًا',
  'pairing-page-load-folder': 'يعرض «npm start» مجلد الإضافة الجاهزة. ثم:',
  'pairing-page-load-chrome':
    'افتح {address} (وفي Edge {edgeAddress})، وشغّل «وضع مطوّر البرامج» (Developer mode)، واختر «Load unpacked» ثم المجلد {folder}.',
  'pairing-page-load-firefox': 'افتح {address}، واختر «Load Temporary Add-on…» ثم الملف {file} في المجلد {folder}.',
  'pairing-page-load-then':
    'ثم {reload}. هل الإضافة في متصفح آخر؟ افتح عنوان هذه الصفحة هناك، أو اكتب الرمز أدناه في نافذة الإضافة.',
  'pairing-page-reload': 'أعد تحميل هذه الصفحة',
  'pairing-page-code-help':
    'يصلح مرة واحدة ولمدة عشر دقائق. اكتبه في نافذة الإضافة إذا لم يظهر الزر. لا تعطه لأحد: لا يطلبه Touchstone في أي مكان آخر.',
  'pairing-page-without-script': 'تحتاج هذه الصفحة إلى JavaScript. والرمز موجود بعد علامة # في عنوانها.',
};
