import * as v from 'valibot';
import { HistoryTime } from '../../history.ts';

/** Longest value of a query that is a list, in characters. */
const MAX_LIST_LENGTH = 1000;

/** Values of a query, given as `a,b`, each held to the schema. @__NO_SIDE_EFFECTS__ */
export function commaList<const Item extends v.GenericSchema<string, unknown>>(item: Item, most: number) {
  return v.pipe(
    v.string(),
    v.maxLength(MAX_LIST_LENGTH),
    v.transform((text) => text.split(',')),
    v.array(item),
    v.maxLength(most),
  );
}

/** A number of a query. @__NO_SIDE_EFFECTS__ */
export const queryNumber = (minimum: number, maximum: number) =>
  v.pipe(v.string(), v.digits(), v.maxLength(15), v.transform(Number), v.minValue(minimum), v.maxValue(maximum));

/** A share of a query, 0..1, in decimal digits. */
export const QueryShare = v.pipe(
  v.string(),
  v.regex(/^(?:0|1|0?\.\d{1,17}|1\.0{1,17})$/),
  v.transform(Number),
  v.minValue(0),
  v.maxValue(1),
);

/** Things of a page, at most, and unless asked otherwise. */
const [MAX_PAGE, PAGE] = [200, '50'];

/** What every list is paged by. */
export const PAGE_QUERY = {
  /** As a page before gave it in `next`. */
  cursor: v.optional(v.pipe(v.string(), v.maxLength(100))),
  limit: v.optional(queryNumber(1, MAX_PAGE), PAGE),
};

/** A time of a query: ISO 8601, or milliseconds since 1970. */
export const QueryTime = v.pipe(
  v.string(),
  v.maxLength(40),
  v.transform((text) => (/^\d+$/.test(text) ? Number(text) : Date.parse(text))),
  HistoryTime,
);
