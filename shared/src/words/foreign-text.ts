/** How a text that came from outside is to stand among our own words. */
export interface ForeignTextOptions {
  /** Longest result, in UTF-16 units; no character is cut in two. Without a bound where the caller has one already. */
  readonly most?: number;
  /** `one` (as by default): white space of every kind becomes one space. `many`: line feeds, tabs and spaces stay. */
  readonly lines?: 'one' | 'many';
}

/** Looked at for each unit of the result, so that a megabyte of blanks costs nothing. */
const LOOKED_AT = 4;

/**
 * The one table of characters that deceive: those that cannot be seen, that rearrange what stands around them, or that a
 * terminal obeys. By Unicode's properties: controls, formats (with the directional ones of UAX #9 and the tags), lone
 * surrogates, private use and unassigned (general category C); what is ignored by default, as fillers, zero-width and
 * soft hyphens; separators of lines and paragraphs; the empty braille pattern; and the mark of what could not be decoded.
 * (UTR #36, 3.1 and 3.5; UTS #39, 3.1; "Trojan Source", CVE-2021-42574.)
 *
 * What stays though it belongs to them, because a script or an emoji needs it, and only where one does (UAX #31, 2.3):
 * - format characters of Arabic, Syriac and Kaithi that are seen, as signs before numbers;
 * - joiners between letters of scripts that join, and in emoji of several parts;
 * - selectors behind an emoji, a keycap or a Han character.
 */
const DECEIVING =
  /[[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800\ufffd]--[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}\t\n]]/v;

/** Scripts whose letters take other forms with a joiner or a non-joiner between them. */
const JOINING =
  /[\p{scx=Arab}\p{scx=Syrc}\p{scx=Nkoo}\p{scx=Mong}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}]/v;

/** What stays of them: see above. */
const NEEDED = [
  String.raw`(?<=[${JOINING.source}&&[\p{L}\p{M}]])[\u200c\u200d](?=[${JOINING.source}&&[\p{L}\p{M}]])`,
  String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})`,
  String.raw`(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]`,
  String.raw`(?<=[0-9#*])\ufe0f(?=\u20e3)`,
  String.raw`(?<=\p{Script=Han})[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]`,
];
const NEEDED_OR_DECEIVING = new RegExp(`${NEEDED.join('|')}|(?<deceiving>${DECEIVING.source})`, 'gv');

/**
 * Text that came from a page, a file or a program, made fit to stand among our own words on any surface: page, card,
 * report or terminal. What deceives becomes a space, so that it neither hides nor joins what it parted.
 * @returns an empty text when nothing is left
 */
export function foreignText(text: string, { most, lines = 'one' }: ForeignTextOptions = {}): string {
  const looked = most === undefined ? text : text.slice(0, most * LOOKED_AT);
  const plain = looked.replace(NEEDED_OR_DECEIVING, (sign, deceiving?: string) =>
    deceiving === undefined ? sign : ' ',
  );
  const shown = lines === 'many' ? plain : plain.replace(/\s+/gu, ' ').trim();
  return most === undefined || shown.length <= most ? shown : cut(shown, most);
}

/** @returns at most so many UTF-16 units, without half a character or a space at the end */
function cut(text: string, most: number): string {
  const last = text.charCodeAt(most - 1);
  const splits = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splits ? most - 1 : most).trimEnd();
}
