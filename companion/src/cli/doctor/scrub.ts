/** An address of a page, a file or a mailbox, up to the next space or quote. Those of this computer alone are kept. */
const ADDRESS = /\b(?!https?:\/\/(?:127\.0\.0\.1|localhost)[:/])(?:[a-z][a-z0-9+.-]*:\/\/|data:|www\.)[^\s"'`<>]+/gi;
const MAILBOX = /[^\s"'`<>@]+@[^\s"'`<>@]+\.[a-z]{2,}/gi;

/**
 * A copy of a value without addresses, and with words in place of folders that name a person.
 * @param folders paths with the word that takes their place; longer ones first
 */
export function scrub(value: unknown, folders: readonly (readonly [path: string, word: string])[]): unknown {
  if (typeof value === 'string') {
    const named = folders.reduce((text, [path, word]) => text.replaceAll(path, word), value);
    return named.replace(ADDRESS, '(address)').replace(MAILBOX, '(mailbox)');
  }
  if (Array.isArray(value)) return value.map((one) => scrub(one, folders));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, scrub(one, folders)]));
}
