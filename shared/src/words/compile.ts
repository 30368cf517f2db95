import type { LanguageFolder, MessageKey } from './language-folder.ts';
import { catalogueOf, type Language } from './languages.ts';
import type { Message } from './message.ts';

/** Some words of one language, compiled for a script that carries no catalogue: plain data, to be sent. */
export interface CompiledWords<Key extends MessageKey> {
  readonly language: string;
  readonly direction: LanguageFolder['direction'];
  readonly messages: Readonly<Record<Key, Message>>;
  readonly sentences: LanguageFolder['sentences'];
}

/** @param isWanted which keys are sent along @returns those words of a language, and its sentences */
export function compileWords<Key extends MessageKey>(
  language: Language,
  isWanted: (key: MessageKey) => key is Key,
): CompiledWords<Key> {
  const { direction, messages, sentences } = catalogueOf(language);
  return { language, direction, sentences, messages: pick(messages, isWanted) };
}

function pick<Key extends MessageKey>(
  all: LanguageFolder['messages'],
  isWanted: (key: MessageKey) => key is Key,
): Readonly<Record<Key, Message>> {
  // The keys of `all` are those of MessageKey, which the language of the parameter cannot tell.
  const keys = (Object.keys(all) as MessageKey[]).filter(isWanted);
  return Object.fromEntries(keys.map((key) => [key, all[key]])) as Record<Key, Message>;
}
