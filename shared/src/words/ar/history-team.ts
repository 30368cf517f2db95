import type { historyTeam as Words } from '../en/history-team.ts';
import type { Translated } from '../message.ts';

/** The history page on a team's server. */
export const historyTeam: Translated<typeof Words> = {
  'team-sign-in-title': 'سجّل الدخول إلى فريقك',
  'team-sign-in-passkey': 'تسجيل الدخول بمفتاح مرور',
  'team-sign-in-provider': 'تسجيل الدخول عبر {provider}',
  'team-join-title': 'انضم إلى الفريق',
  'team-join-text': 'أنت مدعو بصفة {role}. اختر كيف ستسجّل الدخول.',
  'team-join-again': 'تمنحك هذه الدعوة طريقة دخول جديدة، ويبقى حسابك كما هو.',
  'team-join-name': 'اسمك كما يراه زملاؤك',
  'team-join-passkey': 'الانضمام بمفتاح مرور جديد',
  'team-join-provider': 'الانضمام عبر {provider}',
  'team-passkey-help': 'يبقى مفتاح المرور على جهازك ويُفتح بقفله: البصمة أو الوجه أو الرقم السري.',
  'team-no-passkeys': 'هذا المتصفح لا يعرف مفاتيح المرور. افتح العنوان في متصفح أحدث.',
  'team-waiting': 'في انتظار متصفحك…',
  'role-reader': 'قارئ',
  'role-analyst': 'محلل',
  'role-admin': 'مشرف',
  'team-sign-out': 'تسجيل الخروج',
  'team-sessions': 'المتصفحات التي سجّلت الدخول فيها',
  'team-session-own': 'هذا المتصفح',
  'team-session-unnamed': 'متصفح بلا اسم',
  'team-session-end': 'تسجيل الخروج هناك',
  'team-session-ended': 'سُجّل الخروج من ذلك المتصفح.',
  'team-not-here': 'على خادم الفريق لا يمكنك بعدُ إقران الإضافة ولا تعليم حزمة نموذج. يعمل ذلك مع Touchstone على جهازك.',
};
