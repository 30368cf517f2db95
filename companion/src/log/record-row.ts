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

/**
 * Reads a record back; the label is in its column only.
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
  const parsed = v.safeParse(ResultRecord, { ...body, label });
  // Records of earlier versions say what they said in today's words.
  return parsed.success ? alignRecord(parsed.output) : undefined;
}
