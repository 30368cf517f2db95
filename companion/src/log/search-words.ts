/** Longest search that reaches the index, in words; more words only make the answer emptier. */
const MAX_WORDS = 12;

/**
 * Turns what a person typed into an FTS5 query: every word must occur, each as a prefix. Letters and digits only reach
 * the query, each word quoted, so that no operator of FTS5 can be written by typing it.
 * @returns undefined when nothing searchable was typed
 */
export function searchWords(typed: string): string | undefined {
  const words = typed.match(/[\p{L}\p{M}\p{N}\p{Co}]+/gu)?.slice(0, MAX_WORDS);
  return words?.map((word) => `"${word}"*`).join(' ');
}
