import type { InfiniteData } from '@tanstack/react-query';
import type { HistoryFilter, HistoryPage, Label, ResultRecord } from '@touchstone/shared';
import { matchesFilter } from '../filter/matches-filter.ts';

/** The pages of one filter, newest first, as the query cache holds them. */
export type HistoryData = InfiniteData<HistoryPage, unknown>;

/** The companion counts up to this many; a larger total means "more than 10,000". */
export const COUNTED_UP_TO = 10_000;

export function recordsOf(data: HistoryData | undefined): ResultRecord[] {
  return data?.pages.flatMap((page) => page.records) ?? [];
}

export function totalOf(data: HistoryData | undefined): number {
  return data?.pages[0]?.total ?? 0;
}

/** Which of the arrived records belong in the list and are not in it yet, newest first. */
export function newRecords(data: HistoryData, arrived: readonly ResultRecord[], filter: HistoryFilter): ResultRecord[] {
  const head = data.pages[0]?.records ?? [];
  const known = new Set(data.pages.flatMap((page) => page.records.map((record) => record.id)));
  // An id older than the newest known one arrives late or twice; it belongs further down, where a reload finds it.
  const newest = head[0]?.id ?? '';
  const fresh = new Map(arrived.map((record) => [record.id, record]));
  return [...fresh.values()]
    .filter((record) => !known.has(record.id) && (record.id > newest || data.pages.length <= 1))
    .filter((record) => matchesFilter(record, filter))
    .sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** Puts new records at the head. */
export function withRecords(data: HistoryData, records: readonly ResultRecord[]): HistoryData {
  const [first, ...rest] = data.pages;
  if (!first || records.length === 0) return data;
  const merged = [...records, ...first.records].sort((a, b) => (a.id < b.id ? 1 : -1));
  return { ...data, pages: [{ ...first, records: merged, total: addToTotal(first.total, records.length) }, ...rest] };
}

/** Takes deleted records out of every page. */
export function withoutRecords(data: HistoryData, ids: ReadonlySet<string>): HistoryData {
  let removed = 0;
  const pages = data.pages.map((page) => {
    const records = page.records.filter((record) => !ids.has(record.id));
    removed += page.records.length - records.length;
    return records.length === page.records.length ? page : { ...page, records };
  });
  if (removed === 0) return data;
  return { ...data, pages: pages.map((page) => ({ ...page, total: addToTotal(page.total, -removed) })) };
}

export function withLabel(data: HistoryData, id: string, label: Label | null): HistoryData {
  const has = (page: HistoryPage) => page.records.some((record) => record.id === id);
  if (!data.pages.some(has)) return data;
  const change = (record: ResultRecord) => (record.id === id ? { ...record, label } : record);
  const pages = data.pages.map((page) => (has(page) ? { ...page, records: page.records.map(change) } : page));
  return { ...data, pages };
}

function addToTotal(total: number, change: number): number {
  return total > COUNTED_UP_TO ? total : Math.max(0, total + change);
}
