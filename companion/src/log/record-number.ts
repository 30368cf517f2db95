/** 2020-01-01: keeps the numbers below 2^53 until 2089. */
const EPOCH_MS = Date.UTC(2020, 0, 1);

/** Numbers within one millisecond. */
const PER_MS = 4096;

/** Crockford's base 32, as ULIDs use it. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Numbers stay integers that JavaScript reads exactly, whatever a clock says: times outside (2089, far before 1970) share the
 * numbers at either end, with room for a billion records.
 */
export const LAST_TIMED_NUMBER = 2 ** 53 - 2 ** 40;

/**
 * Smallest number of a record accepted at `at`. Numbers are the log's row ids: newest first, date ranges and the pages of
 * every filter and search are then all read in the order in which rows lie, and nothing is ever sorted.
 * @param at milliseconds since 1970
 */
export function firstNumberOf(at: number): number {
  const number = (Math.trunc(at) - EPOCH_MS) * PER_MS;
  return Math.min(LAST_TIMED_NUMBER, Math.max(-LAST_TIMED_NUMBER, number));
}

/** Number a record would like: its time, then the first twelve random bits of its ULID. */
export function recordNumber(at: number, id: string): number {
  const random = Array.from(id.slice(10, 13)).reduce((sum, digit) => sum * 32 + Math.max(0, DIGITS.indexOf(digit)), 0);
  return firstNumberOf(at) + Math.min(PER_MS - 1, Math.floor(random / 8));
}

/** Time of a record, to the millisecond or a few later where many came at once. */
export function timeOfNumber(number: number): number {
  return Math.floor(number / PER_MS) + EPOCH_MS;
}
