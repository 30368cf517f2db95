import type { ResultRecord } from '@touchstone/shared';

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
];

/**
 * One value of a CSV row (RFC 4180). A text that a spreadsheet would run as a formula gets an apostrophe in front: page titles
 * and addresses are written by strangers.
 */
export function csvValue(value: string | number | undefined | null): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^\s*[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** First line; the mark in front lets spreadsheets read it as UTF-8. */
export const CSV_HEADER = `\uFEFF${COLUMNS.map(([name]) => name).join(',')}\r\n`;

export function csvRow(record: ResultRecord): string {
  return `${COLUMNS.map(([, value]) => csvValue(value(record))).join(',')}\r\n`;
}
