/**
 * Text of a file made fit to show: no control characters, nothing that turns the direction of writing or cannot be seen,
 * one space for runs of white space.
 * @param limit longest result, in UTF-16 units
 */
export function cleanText(text: string, limit: number): string {
  return (
    text
      // Twice the limit first, so that a megabyte of blanks costs nothing.
      .slice(0, limit * 2)
      .replace(/[\p{Cc}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\u2800\ufffd]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, limit)
  );
}
