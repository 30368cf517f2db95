import {
  catalogueOf,
  type Language,
  localeFor,
  type MessageKey,
  type MessageValues,
  probabilityText,
  shareText,
  textOf,
} from '@touchstone/shared/words';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { rememberLanguage, startLanguage } from './language.ts';

export interface I18n {
  readonly language: Language;
  readonly locale: string;
  readonly setLanguage: (language: Language) => void;
  readonly t: (key: MessageKey, values?: MessageValues) => string;
  /** A probability in words, never 0 or 100 percent. @param value 0..1 */
  readonly probability: (value: number) => string;
  /** A share that may be nothing or everything. @param value 0..1 */
  readonly share: (value: number) => string;
}

const Context = createContext<I18n | null>(null);

/** Gives the page its language, its direction and the library's own texts. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setState] = useState(() => startLanguage(localStorage, navigator.languages));
  const locale = localeFor(language, navigator.languages);

  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = catalogueOf(language).direction;
  }, [language]);

  const setLanguage = useCallback((next: Language) => {
    rememberLanguage(localStorage, next);
    setState(next);
  }, []);
  const value = useMemo<I18n>(
    () => ({
      language,
      locale,
      setLanguage,
      t: (key, values) => textOf(language, key, values, locale),
      probability: (value) => probabilityText(value, language, locale),
      share: (value) => shareText(value, language, locale),
    }),
    [language, locale, setLanguage],
  );
  return (
    <Context value={value}>
      <I18nProvider locale={locale}>{children}</I18nProvider>
    </Context>
  );
}

export function useI18n(): I18n {
  const value = use(Context);
  if (!value) throw new Error('useI18n needs a LanguageProvider above');
  return value;
}
