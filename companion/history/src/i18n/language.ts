import { chooseLanguage, type Language } from '@touchstone/shared/words';

const STORAGE_KEY = 'touchstone.language';

/** The language to start with: the person's choice, else the first of the browser's that we have, else English. */
export function startLanguage(storage: Pick<Storage, 'getItem'>, preferred: readonly string[]): Language {
  return chooseLanguage(storage.getItem(STORAGE_KEY) ?? 'auto', preferred);
}

export function rememberLanguage(storage: Pick<Storage, 'setItem'>, language: Language): void {
  storage.setItem(STORAGE_KEY, language);
}
