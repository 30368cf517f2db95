import type { ResultRecord } from '@touchstone/shared';
import { stepOf } from '@touchstone/shared/present';
import { type CsvColumn, csvHeaderOf, csvRowOf } from './csv-table.ts';

const COLUMNS: readonly CsvColumn<ResultRecord>[] = [
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

/** First line. */
export const CSV_HEADER = csvHeaderOf(COLUMNS);

export const csvRow = (record: ResultRecord): string => csvRowOf(COLUMNS, record);
