/**
 * Control characters (C0, DEL, C1), line separators, those that turn the direction of text and those that cannot be seen:
 * file names may hold them to deceive. What joins letters and emoji stays.
 */
const UNPRINTABLE = /[[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029]--[\u200c\u200d\ufe00-\ufe0f]]/gv;

/** Text that is safe to show on a terminal: unprintable characters become "�". */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '\ufffd');
}
