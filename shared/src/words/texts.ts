import type { MessageKey } from './language-folder.ts';
import { catalogueOf, type Language } from './languages.ts';
import { formatMessage, type MessageValues } from './message.ts';
import { sayProbability, sayShare } from './share.ts';

/**
 * One message of a language, filled.
 * @param locale regional variant of the language, for numbers
 */
export function textOf(language: Language, key: MessageKey, values?: MessageValues, locale: string = language): string {
  const { direction, messages } = catalogueOf(language);
  return formatMessage({ locale, direction }, messages[key], values);
}

/** A probability in words, never 0 or 100 percent. @param probability 0..1 @param locale as in textOf */
export function probabilityText(probability: number, language: Language, locale: string = language): string {
  return sayProbability(probability, { ...catalogueOf(language), locale });
}

/** A share in words, which may be nothing or everything. @param share 0..1 @param locale as in textOf */
export function shareText(share: number, language: Language, locale: string = language): string {
  return sayShare(share, { ...catalogueOf(language), locale });
}
