import { ResultRecord } from '@touchstone/shared';
import * as v from 'valibot';

function repaired(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(repaired);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name.toWellFormed(), repaired(member)]));
}

/** JSON escapes exactly those surrogates that stand alone. */
const MAYBE_LONE = /\\ud[89a-f]/;

/**
 * The record with U+FFFD for every half of a surrogate pair: texts of pages and files hold them where somebody cut between the
 * halves, and no canonical JSON has them. The same object where there is none.
 */
export function wellFormed(record: ResultRecord): ResultRecord {
  return MAYBE_LONE.test(JSON.stringify(record)) ? v.parse(ResultRecord, repaired(record)) : record;
}
