import {
  type Caveat,
  type ErrorReport,
  type Evidence,
  entryOf,
  type FileFact,
  factWords,
  fillSentence,
  type Reason,
} from '@touchstone/shared';
import { catalogueOf, faultWords, type Language } from '@touchstone/shared/words';

/** A reason in the reader's language; the English text of the record where there is no translation. */
export function reasonSentence(language: Language, reason: Pick<Reason, 'code' | 'text' | 'details'>): string {
  const template = entryOf(catalogueOf(language).sentences?.reasons, reason.code);
  return template ? fillSentence(template, reason.details) : reason.text;
}

export function evidenceSentence(language: Language, evidence: Evidence): string {
  return reasonSentence(language, { code: evidence.code, text: evidence.sentence, details: evidence.details });
}

export function caveatSentence(language: Language, caveat: Caveat): string {
  return entryOf(catalogueOf(language).sentences?.caveats, caveat.code) ?? caveat.text;
}

/** A fact's name, and its value where that is in our words, in the reader's language. */
export function factTexts(language: Language, fact: FileFact): { name: string; value: string } {
  return factWords(fact, catalogueOf(language).sentences);
}

/** What happened, what of the given pictures is wrong where that is told, and what to do next, in the reader's language. */
export function errorSentences(
  language: Language,
  report: Pick<ErrorReport, 'code' | 'message' | 'nextStep' | 'fault'>,
  locale?: string,
): { message: string; fault: string | undefined; nextStep: string } {
  const translated = entryOf(catalogueOf(language).sentences?.errors, report.code);
  const [message, nextStep] = translated ?? [report.message, report.nextStep];
  const words = report.fault && faultWords(language, report.fault, locale);
  return { message, fault: words?.sentence ?? report.fault?.text, nextStep: words?.nextStep ?? nextStep };
}
