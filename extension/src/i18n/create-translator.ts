import { catalogueOf, type Language } from '@touchstone/shared/words';
import { type Translator, translatorOf } from './translator.ts';

/** The texts of a language from the whole catalogue: for the extension's own pages, and never in a content script. */
export function createTranslator(language: Language): Translator {
  return translatorOf({ language, ...catalogueOf(language) });
}
