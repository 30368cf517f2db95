import { packLabel, type ResultRecord as RecordOutput, ResultRecord } from '@touchstone/shared';
import { alignRecord } from '@touchstone/shared/present';
import * as v from 'valibot';

/** Host name of the page for the site filter; empty where there is none (files, pages without an address). */
export function siteOf(pageUrl: string | undefined): string {
  return pageUrl !== undefined && URL.canParse(pageUrl) ? new URL(pageUrl).host : '';
}

export function packOf(record: RecordOutput): string {
  return packLabel(record.pack);
}

/** Values of the columns that filters, orders and duplicate lookup read. */
export function filterColumns(record: RecordOutput): Record<string, string | number> & { id: string } {
  return {
    id: record.id,
    verdict: record.verdict.value,
    probability: record.verdict.probability,
    kind: record.source.kind,
    site: siteOf(record.source.pageUrl),
    pack: packOf(record),
    label: record.label ?? 'none',
    sha256: record.picture.sha256,
    perceptual_hash: record.picture.perceptualHash,
  };
}

/** The texts of a record that the search reads. */
export function textColumns({ source }: RecordOutput): Record<string, string> {
  return {
    url: source.url ?? '',
    page_url: source.pageUrl ?? '',
    title: source.pageTitle ?? '',
    file_name: source.fileName ?? '',
  };
}

/** What a person wrote beside a record, as columns of a row that is shown; see `recordOf`. */
export const FILED_COLUMNS = `
  (SELECT json_group_array(json_object('id', cases.id, 'name', cases.name)) FROM case_records
    CROSS JOIN cases ON cases.number = case_number WHERE case_records.number = records.number) AS cases,
  (SELECT json_group_array(tag) FROM record_tags WHERE record_tags.number = records.number) AS tags,
  (SELECT note FROM record_notes WHERE record_notes.number = records.number) AS note`;

const filedList = (text: unknown): unknown[] | undefined => {
  const list: unknown = typeof text === 'string' ? JSON.parse(text) : [];
  return Array.isArray(list) && list.length > 0 ? list : undefined;
};

/** Absent where there is nothing, as in a record that was just made. */
function filedOf({ cases, tags, note }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const filed = { cases: filedList(cases), tags: filedList(tags), note: note ?? undefined };
  return Object.fromEntries(Object.entries(filed).filter(([, value]) => value !== undefined));
}

/**
 * Reads a record back; label, cases, tags and note are in their columns only.
 * @returns undefined for a body that is no record (a damaged row)
 */
export function recordOf(row: Readonly<Record<string, unknown>>): RecordOutput | undefined {
  let body: unknown;
  try {
    body = JSON.parse(String(row.body));
  } catch {
    return undefined;
  }
  if (typeof body !== 'object' || body === null) return undefined;
  const label = row.label === 'none' ? null : row.label;
  const { cases: _, tags: __, note: ___, shared: ____, ...judged }: Record<string, unknown> = { ...body };
  const parsed = v.safeParse(ResultRecord, { ...judged, label, ...filedOf(row) });
  // Records of earlier versions say what they said in today's words.
  return parsed.success ? alignRecord(parsed.output) : undefined;
}
