/** Languages with complete texts. */
export const LANGUAGES = ['en', 'de', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What each language calls itself, for the language menu. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch', ar: 'العربية' };

const RIGHT_TO_LEFT: ReadonlySet<Language> = new Set(['ar']);

function supported(tag: string): Language | undefined {
  const [primary] = tag.toLowerCase().split('-');
  return LANGUAGES.find((language) => language === primary);
}

/**
 * Language to show.
 * @param setting `auto`, or a language tag the person chose
 * @param preferred the browser's languages, best first
 * @returns the chosen language, else the first preferred one with texts, else English
 */
export function chooseLanguage(setting: string, preferred: readonly string[]): Language {
  const wanted = setting === 'auto' ? preferred : [setting, ...preferred];
  for (const tag of wanted) {
    const language = supported(tag);
    if (language) return language;
  }
  return 'en';
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr';
}
