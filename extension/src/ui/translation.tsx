import { chooseLanguage } from '@touchstone/shared/words';
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { createTranslator } from '../i18n/create-translator.ts';
import type { Translator } from '../i18n/translator.ts';

const Translation = createContext<Translator>(createTranslator('en'));

/** Gives a page its language and sets the document's `lang` and `dir`. @param setting `auto` or a language tag */
export function TranslationProvider({ setting, children }: { readonly setting: string; readonly children: ReactNode }) {
  const translator = useMemo(() => createTranslator(chooseLanguage(setting, navigator.languages)), [setting]);
  useEffect(() => {
    document.documentElement.lang = translator.language;
    document.documentElement.dir = translator.direction;
  }, [translator]);
  return <Translation value={translator}>{children}</Translation>;
}

export function useTranslator(): Translator {
  return useContext(Translation);
}
