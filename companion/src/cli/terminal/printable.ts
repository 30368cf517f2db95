/** Control characters (C0, DEL, C1), line separators and those that turn the direction of text: file names may hold them to deceive. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text that is safe to show on a terminal: unprintable characters become "�". */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '\ufffd');
}
