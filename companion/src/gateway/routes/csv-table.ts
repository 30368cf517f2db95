/** What a cell is made of. */
type CsvCell = string | number | undefined | null;

/** One column of a table: its name, and what stands in a row of it. */
export type CsvColumn<Row> = readonly [name: string, value: (row: Row) => CsvCell];

/** What starts a formula, in plain, small, raised, lowered and full-width form. */
const FORMULA_SIGN = /[=+\-@\u2212\u207a-\u207c\u208a-\u208c\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20]/u;

/** What some country's settings, or an import dialogue, take for the end of a cell. A comma ends none: such texts are in quotes. */
const CELL_END = /[;|\t\r\n\v\f\u0085\u2028\u2029\uff1b]/u;

/** What a spreadsheet may leave out before it looks for a formula. */
const LEFT_OUT = /[\s\p{Cc}\p{Default_Ignorable_Code_Point}"'\uff02\uff07]/u;

/** Puts an apostrophe before everything that could become a cell with a formula; one pass, whatever a stranger wrote. */
function withoutFormulas(text: string): string {
  let safe = '';
  let blanks = '';
  let atStart = true;
  for (const sign of text) {
    if (CELL_END.test(sign)) {
      safe += blanks + sign;
      blanks = '';
      atStart = true;
    } else if (atStart && LEFT_OUT.test(sign)) {
      blanks += sign;
    } else {
      safe += (atStart && FORMULA_SIGN.test(sign) ? "'" : '') + blanks + sign;
      blanks = '';
      atStart = false;
    }
  }
  return safe + blanks;
}

/** Control characters that some spreadsheets take for the start of a formula. */
const CONTROL_START = /^[\t\r\n]/;

/**
 * One value of a CSV row (RFC 4180). What a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection):
 * page titles and addresses are written by strangers.
 */
export function csvValue(value: CsvCell): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return String(value);
  const marked = withoutFormulas(value);
  const safe = CONTROL_START.test(marked) ? `'${marked}` : marked;
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** First line of a table; the mark in front lets spreadsheets read it as UTF-8. */
export const csvHeaderOf = <Row>(columns: readonly CsvColumn<Row>[]): string =>
  `\uFEFF${columns.map(([name]) => name).join(',')}\r\n`;

export const csvRowOf = <Row>(columns: readonly CsvColumn<Row>[], row: Row): string =>
  `${columns.map(([, value]) => csvValue(value(row))).join(',')}\r\n`;
