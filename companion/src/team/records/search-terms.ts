/** Longest search, in words; more words only make the answer emptier. */
const MAX_WORDS = 12;

/** Longer words are found by their beginning. A lexeme of PostgreSQL holds 2,046 bytes. */
const MAX_LETTERS = 200;

const WORDS = /[\p{L}\p{N}\p{Co}]+/gu;

/** Words of a text, in lower case and without accents, each once. */
export function termsOf(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return [...new Set(folded.match(WORDS)?.map((word) => word.slice(0, MAX_LETTERS)))];
}

/**
 * What a person typed as a `tsquery`: every word must occur, each as a prefix. It holds letters and digits alone, each word quoted,
 * so that no operator can be written by typing it.
 * @returns undefined when nothing searchable was typed
 */
export function searchQuery(typed: string): string | undefined {
  const words = termsOf(typed).slice(0, MAX_WORDS);
  return words.length === 0 ? undefined : words.map((word) => `'${word}':*`).join(' & ');
}
