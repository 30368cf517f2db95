import { LANGUAGES, type MessageKey, textOf } from '@touchstone/shared/words';

/** What the browser itself shows, by the name that the manifest knows it by. */
const NAMES = {
  extensionName: 'popup-title',
  extensionDescription: 'extension-description',
  commandCheck: 'command-check',
  commandList: 'command-list',
} as const satisfies Readonly<Record<string, MessageKey>>;

/** A text that the browser shows, as the manifest writes it. */
export function nameOf(key: (typeof NAMES)[keyof typeof NAMES]): string {
  const name = Object.entries(NAMES).find(([, words]) => words === key)?.[0];
  return `__MSG_${name}__`;
}

/** `_locales/<language>/messages.json` of every language of the catalogue, as files of the build. */
export function browserMessages(): { readonly relativeDest: string; readonly contents: string }[] {
  return LANGUAGES.map((language) => ({
    relativeDest: `_locales/${language}/messages.json`,
    contents: JSON.stringify(
      Object.fromEntries(Object.entries(NAMES).map(([name, key]) => [name, { message: textOf(language, key) }])),
    ),
  }));
}
