import type { datasetFaults as Words } from '../en/dataset-faults.ts';
import type { Translated } from '../message.ts';

/** What is wrong with pictures that are given to be taught from, and what to do. */
export const datasetFaults: Translated<typeof Words> = {
  'fault-csv-columns': 'يجب أن يسمّي السطر الأول من ملف CSV العمودين path وlabel.',
  'fault-csv-form':
    'تعذّرت قراءة السطر {line} من ملف CSV: أعمدته أكثر أو أقل من أعمدة السطر الأول، أو فيه علامة اقتباس لا تنتهي.',
  'fault-csv-label': 'السطر {line} من ملف CSV: التصنيف ليس واحدًا من ai وfake و1 وreal و0.',
  'fault-csv-path': 'السطر {line} من ملف CSV لا يسمّي أي صورة.',
  'fault-csv-split': 'السطر {line} من ملف CSV: القسم ليس train ولا test.',
  'fault-csv-picture': 'السطر {line} من ملف CSV: لم تصل هذه الصورة معه: {file}',
  'fault-csv-size': 'ملف CSV أكبر من 16 ميغابايت.',
  'fault-no-ai': 'لا صورة مصنّفة على أنها ذكاء اصطناعي.',
  'fault-no-real': 'لا صورة مصنّفة على أنها حقيقية.',
  'fault-unread-ai': 'تعذّرت قراءة كل الصور المصنّفة على أنها ذكاء اصطناعي.',
  'fault-unread-real': 'تعذّرت قراءة كل الصور المصنّفة على أنها حقيقية.',
  'fault-too-many': 'عدد الصور أكبر من {count}.',
  'fault-too-deep': 'عدد المجلدات بعضها داخل بعض أكبر من {count}: {file}',
  'fault-zip-form': 'الملف مقطوع أو ليس ملف ZIP.',
  'fault-zip-entry': 'ملف ZIP تالف، أو فيه اسم يشير إلى خارجه.',
  'fault-zip-link': 'في ملف ZIP رابط: {file}',
  'fault-zip-password': 'ملف ZIP مشفّر: {file}',
  'fault-zip-ratio': 'يصبح أحد ملفات ZIP بعد فكّه أكبر من حجمه بأكثر من {count} مرة: {file}',
  'fault-zip-picture': 'تعذّر فكّ أحد ملفات ZIP: {file}',
  'fault-zip-picture-size': 'في ملف ZIP صورة أكبر من 64 ميغابايت: {file}',
  'fault-zip-entries': 'عدد مداخل ملف ZIP أكبر من {count}.',
  'fault-zip-size': 'يتجاوز ملف ZIP بعد فكّه 2 غيغابايت.',
  'fault-working': 'ما زال فحص هذه الصور جاريًا.',
  'fault-not-looked-at': 'لم يكتمل فحص هذه الصور.',
  'fault-step-csv': 'صحّح ملف CSV وأعطه مرة أخرى؛ لم يُحفظ منه شيء.',
  'fault-step-zip': 'أنشئ ملف ZIP من جديد من مجلد عادي، بلا روابط ولا كلمة مرور؛ لم يُحفظ من هذا الملف شيء.',
  'fault-step-fewer': 'أعطِ صورًا أقل في المرة الواحدة.',
  'fault-step-readable': 'انظر إلى أسماء الصور التي تعذّرت قراءتها وأعطِ نسخًا أخرى منها.',
  'fault-step-wait': 'انتظر حتى ينتهي ذلك ثم حاول مرة أخرى.',
  'fault-step-again': 'أعطِ الصور مرة أخرى.',
};
