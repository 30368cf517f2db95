import { ResultRecord } from '@touchstone/shared';
import * as v from 'valibot';
import { canonicalJson } from './canonical-json.ts';
import { filterColumns, textColumns } from './record-row.ts';

/** Columns that a record's own text gives, without the label, which is no part of it. */
export type RecordColumns = Readonly<Record<string, string | number>> & { readonly id: string };

/**
 * Reads the text of a record as verification will read it.
 * @returns the columns that must stand beside it, or undefined for a text that holds no record
 */
export function columnsOfText(text: string): RecordColumns | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const record = v.safeParse(ResultRecord, body);
  if (!record.success) return undefined;
  const { label: _, ...columns } = { ...filterColumns(record.output), ...textColumns(record.output) };
  return columns;
}

/**
 * Whether a text is the canonical text of a record with these columns: asked before a record is appended, so that nothing is
 * ever written that verification would later call changed.
 */
export function readsBack(text: string, columns: RecordColumns): boolean {
  const read = columnsOfText(text);
  if (read === undefined || canonicalJson(JSON.parse(text)) !== text) return false;
  return Object.entries(read).every(([name, value]) => columns[name] === value);
}
