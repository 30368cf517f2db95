import { LANGUAGES, type MessageKey, textOf } from '@touchstone/shared/words';

/** What the browser itself shows, by the name that the manifest knows it by. */
const NAMES = {
  extensionName: 'popup-title',
  extensionDescription: 'extension-description',
} as const satisfies Readonly<Record<string, MessageKey>>;

/** `_locales/<language>/messages.json` of every language of the catalogue, as files of the build. */
export function browserMessages(): { readonly relativeDest: string; readonly contents: string }[] {
  return LANGUAGES.map((language) => ({
    relativeDest: `_locales/${language}/messages.json`,
    contents: JSON.stringify(
      Object.fromEntries(Object.entries(NAMES).map(([name, key]) => [name, { message: textOf(language, key) }])),
    ),
  }));
}
