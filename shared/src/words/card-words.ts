import { type CompiledWords, compileWords } from './compile.ts';
import { card } from './en/card.ts';
import type { MessageKey } from './language-folder.ts';
import type { Language } from './languages.ts';

/** A key that the content script uses. */
export type CardKey = keyof typeof card;
export type CardWords = CompiledWords<CardKey>;

/** @returns the words of the content script in a language */
export function cardWords(language: Language): CardWords {
  return compileWords(language, (key: MessageKey): key is CardKey => Object.hasOwn(card, key));
}
