import type { PairTexts } from './pair-texts.ts';

export const arabicPairing: PairTexts = {
  language: 'ar',
  direction: 'rtl',
  title: 'Touchstone: اقتران هذا المتصفح',
  heading: 'اقتران هذا المتصفح مع Touchstone',
  about:
    'يتيح الاقتران لإضافة Touchstone في هذا المتصفح إرسال الصور إلى Touchstone على هذا الحاسوب، ولا إلى أي مكان آخر. ويُجرى مرة واحدة لكل ملف شخصي في المتصفح.',
  states: {
    waiting: 'يجري البحث عن إضافة Touchstone في هذا المتصفح…',
    absent: 'لم تُجب أي إضافة Touchstone في هذا المتصفح.',
    'no-code': 'لا يحمل هذا العنوان رمز اقتران. نفّذ «npm run touchstone pair» وافتح الرابط الذي يعرضه.',
    'extension-present': 'إضافة Touchstone موجودة. اضغط زر «اقتران» فيها لإتمام العملية.',
    paired: 'تم الاقتران. انقر أي صورة بالزر الأيمن واختر «فحص هذه الصورة». يمكنك إغلاق هذه الصفحة.',
    failed: 'لم ينجح الاقتران؛ والسبب مذكور أدناه. للحصول على رمز جديد نفّذ «npm run touchstone pair».',
  },
  loadHeading: 'حمّل الإضافة أولًا',
  loadFolder: 'يعرض «npm start» مجلد الإضافة الجاهزة. ثم:',
  loadChrome:
    'افتح {address} (وفي Edge {edgeAddress})، وشغّل «وضع مطوّر البرامج» (Developer mode)، واختر «Load unpacked» ثم المجلد {folder}.',
  loadFirefox: 'افتح {address}، واختر «Load Temporary Add-on…» ثم الملف {file} في المجلد {folder}.',
  loadThen: 'ثم {reload}. هل الإضافة في متصفح آخر؟ افتح عنوان هذه الصفحة هناك، أو اكتب الرمز أدناه في نافذة الإضافة.',
  reload: 'أعد تحميل هذه الصفحة',
  codeHeading: 'رمز الاقتران',
  codeHelp:
    'يصلح مرة واحدة ولمدة عشر دقائق. اكتبه في نافذة الإضافة إذا لم يظهر الزر. لا تعطه لأحد: لا يطلبه Touchstone في أي مكان آخر.',
  withoutScript: 'تحتاج هذه الصفحة إلى JavaScript. والرمز موجود بعد علامة # في عنوانها.',
};
