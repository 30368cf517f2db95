/**
 * Text of a file made fit to show: no control characters, no directional overrides, one space for runs of white space.
 * @param limit longest result, in UTF-16 units
 */
export function cleanText(text: string, limit: number): string {
  return (
    text
      // Twice the limit first, so that a megabyte of blanks costs nothing.
      .slice(0, limit * 2)
      .replace(/[\p{Cc}\p{Cs}\p{Co}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, limit)
  );
}
