/** Longest text from a manifest that is shown, in characters. */
const MAX_TEXT = 200;

/**
 * Text out of a hostile file, fit for a sentence: no control characters, no marks that turn the direction of writing
 * or cannot be seen, one line, bounded.
 * @returns null when nothing is left, or when it was no text
 */
export function cleanText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value
    .slice(0, MAX_TEXT * 4)
    .replace(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_TEXT);
  return text === '' ? null : text;
}
