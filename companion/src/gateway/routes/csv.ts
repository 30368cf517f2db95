import type { ResultRecord } from '@touchstone/shared';
import { stepOf } from '@touchstone/shared/present';

type Column = readonly [name: string, value: (record: ResultRecord) => string | number | undefined | null];

const COLUMNS: readonly Column[] = [
  ['id', (record) => record.id],
  ['checked_at', (record) => new Date(record.at).toISOString()],
  ['verdict', (record) => record.verdict.value],
  ['probability', (record) => record.verdict.probability],
  ['confidence', (record) => record.verdict.confidence],
  ['label', (record) => record.label],
  ['kind', (record) => record.source.kind],
  ['capture_path', (record) => record.source.path],
  ['url', (record) => record.source.url],
  ['page_url', (record) => record.source.pageUrl],
  ['page_title', (record) => record.source.pageTitle],
  ['file_name', (record) => record.source.fileName],
  ['media_time_s', (record) => record.source.mediaTime],
  ['format', (record) => record.picture.format],
  ['width', (record) => record.picture.width],
  ['height', (record) => record.picture.height],
  ['bytes', (record) => record.picture.bytes],
  ['sha256', (record) => record.picture.sha256],
  ['pack', (record) => record.pack.name],
  ['pack_version', (record) => record.pack.version],
  ['pack_sha256', (record) => record.pack.sha256],
  ['provider', (record) => record.provider],
  ['total_ms', (record) => record.timings.total],
  ['reasons', (record) => record.verdict.reasons.map((reason) => reason.text).join(' ')],
  ['caveats', (record) => record.verdict.caveats.map((caveat) => caveat.text).join(' ')],
  ['leaning', (record) => record.verdict.leaning],
  ['step', (record) => stepOf(record.verdict)],
  ['cases', (record) => record.cases?.map(({ name }) => name).join('; ')],
  ['tags', (record) => record.tags?.join('; ')],
  ['note', (record) => record.note],
];

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
export function csvValue(value: string | number | undefined | null): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return String(value);
  const marked = withoutFormulas(value);
  const safe = CONTROL_START.test(marked) ? `'${marked}` : marked;
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** First line; the mark in front lets spreadsheets read it as UTF-8. */
export const CSV_HEADER = `\uFEFF${COLUMNS.map(([name]) => name).join(',')}\r\n`;

export function csvRow(record: ResultRecord): string {
  return `${COLUMNS.map(([, value]) => csvValue(value(record))).join(',')}\r\n`;
}
