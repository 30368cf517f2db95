import * as v from 'valibot';
import { CaptureKind } from './capture.ts';
import { FiniteNumber } from './finite-number.ts';
import { Label, ResultRecord } from './record.ts';
import { VerdictValue } from './verdict.ts';

/** Filter of the history page, its exports and `touchstone history export`. Empty means everything. */
export const HistoryFilter = v.object({
  verdict: v.optional(v.array(VerdictValue)),
  kind: v.optional(v.array(CaptureKind)),
  /** Host name of the page. */
  site: v.optional(v.string()),
  /** Pack as `name@version`. */
  pack: v.optional(v.string()),
  label: v.optional(v.array(v.union([Label, v.literal('none')]))),
  /** Milliseconds since 1970, inclusive. */
  from: v.optional(FiniteNumber),
  /** Milliseconds since 1970, exclusive. */
  to: v.optional(FiniteNumber),
  /** Words looked for in address, title and file name (full text, prefix match). */
  search: v.optional(v.pipe(v.string(), v.maxLength(200))),
});
export type HistoryFilter = v.InferOutput<typeof HistoryFilter>;

/** Keyset page: `before` is the id of the last row seen. */
export const HistoryPageRequest = v.object({
  filter: v.optional(HistoryFilter, {}),
  before: v.optional(v.string()),
  limit: v.optional(v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(200)), 50),
});
export type HistoryPageRequest = v.InferInput<typeof HistoryPageRequest>;

export const HistoryPage = v.object({
  records: v.array(ResultRecord),
  /** Id to pass as `before` for the next page; null at the end. */
  next: v.nullable(v.string()),
  /** Rows that match the filter, counted up to 10,001. */
  total: FiniteNumber,
});
export type HistoryPage = v.InferOutput<typeof HistoryPage>;

/** Values present in the log, for the filter menus. */
export const HistoryFacets = v.object({
  sites: v.array(v.object({ value: v.string(), count: FiniteNumber })),
  packs: v.array(v.object({ value: v.string(), count: FiniteNumber })),
});
export type HistoryFacets = v.InferOutput<typeof HistoryFacets>;
