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

/** How many records the row of a record stands for. */
export function sizeOf(data: HistoryData | undefined, id: string): number {
  return data?.pages.find(({ groups }) => groups && Object.hasOwn(groups.sizes, id))?.groups?.sizes[id] ?? 1;
}

/** Contents that match; undefined where the list is one of records. */
export function contentsOf(data: HistoryData | undefined): number | undefined {
  return data?.pages[0]?.groups?.total;
}

/** Puts new records at the head; where rows stand for contents, each in the place of the older one of its content. */
export function withRecords(data: HistoryData, records: readonly ResultRecord[]): HistoryData {
  const oldestFirst = [...records].sort((a, b) => (a.id < b.id ? -1 : 1));
  return oldestFirst.reduce(withRecord, data);
}

function withRecord(data: HistoryData, record: ResultRecord): HistoryData {
  const [first, ...rest] = data.pages;
  if (!first) return data;
  const { groups } = first;
  const older = groups && recordsOf(data).find(({ picture }) => picture.sha256 === record.picture.sha256);
  const [head = first, ...others] = older ? withoutRows([first, ...rest], new Set([older.id])) : [first, ...rest];
  return {
    ...data,
    pages: [
      {
        ...head,
        records: [record, ...head.records].sort((a, b) => (a.id < b.id ? 1 : -1)),
        total: addToTotal(head.total, 1),
        ...(groups && {
          groups: {
            total: older ? groups.total : addToTotal(groups.total, 1),
            sizes: { ...groups.sizes, ...(older && { [record.id]: sizeOf(data, older.id) + 1 }) },
          },
        }),
      },
      ...others,
    ],
  };
}

function withoutRows(pages: readonly HistoryPage[], ids: ReadonlySet<string>): HistoryPage[] {
  return pages.map((page) => {
    const records = page.records.filter((record) => !ids.has(record.id));
    return records.length === page.records.length ? page : { ...page, records };
  });
}

/** Takes deleted records out of every page. */
export function withoutRecords(data: HistoryData, ids: ReadonlySet<string>): HistoryData {
  const pages = withoutRows(data.pages, ids);
  const removed = recordsOf(data).length - pages.flatMap((page) => page.records).length;
  if (removed === 0) return data;
  const fewer = pages.map((page) => ({
    ...page,
    total: addToTotal(page.total, -removed),
    ...(page.groups && { groups: { ...page.groups, total: addToTotal(page.groups.total, -removed) } }),
  }));
  return { ...data, pages: fewer };
}

/** Whether rows alone can tell what is left: not where a row stands for several records, or a record has no row of its own. */
export function rowsTellDeletion(data: HistoryData, ids: readonly string[]): boolean {
  if (contentsOf(data) === undefined) return true;
  const rows = new Set(recordsOf(data).map(({ id }) => id));
  return ids.every((id) => rows.has(id) && sizeOf(data, id) === 1);
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
