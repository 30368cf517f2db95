import { ar } from './ar/index.ts';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import type { LanguageFolder } from './language-folder.ts';

/** The languages of every surface, by tag: the one list that a new folder is entered in. */
export const CATALOGUES = { en, de, ar } as const satisfies Readonly<Record<string, LanguageFolder>>;
export type Language = keyof typeof CATALOGUES;

export function isLanguage(tag: unknown): tag is Language {
  return typeof tag === 'string' && Object.hasOwn(CATALOGUES, tag);
}

export const LANGUAGES: readonly Language[] = Object.keys(CATALOGUES).filter(isLanguage);

/** The words of one language. */
export function catalogueOf(language: Language): LanguageFolder {
  return CATALOGUES[language];
}

const primary = (tag: string): string | undefined => tag.toLowerCase().split('-', 1)[0];

/**
 * Language to show.
 * @param setting `auto`, or a language tag the person chose
 * @param preferred the reader's languages, best first
 * @returns the chosen language, else the first preferred one with words, else English
 */
export function chooseLanguage(setting: string, preferred: readonly string[]): Language {
  const wanted = setting === 'auto' ? preferred : [setting, ...preferred];
  return wanted.map(primary).find(isLanguage) ?? 'en';
}

/** Locale for numbers and dates: the reader's regional variant of the language where there is one. */
export function localeFor(language: Language, preferred: readonly string[]): string {
  return preferred.find((tag) => primary(tag) === language) ?? language;
}
