import type { HistoryFacets, HistoryFilter, HistoryPage, ResultRecord } from '@touchstone/shared';
import type { DeleteRequest } from '@touchstone/shared/api';
import { matchesFilter } from '../src/filter/matches-filter.ts';
import { siteOf } from '../src/text/safe-link.ts';
import { generateRecord } from './generate-records.ts';

/** A log in memory with the queries of the real one. */
export class MockLog {
  /** Newest first. */
  #records: ResultRecord[];
  #made: number;
  #deleted: ResultRecord[] = [];

  constructor(count: number) {
    this.#made = count;
    const now = Date.now() - 60_000;
    this.#records = Array.from({ length: count }, (_, index) => generateRecord(count - 1 - index, count, now));
  }

  get size(): number {
    return this.#records.length;
  }

  append(): ResultRecord {
    const record = generateRecord(this.#made, this.#made, Date.now());
    this.#made += 1;
    this.#records.unshift(record);
    return record;
  }

  /** A new video; every twelfth generated record is one. */
  appendVideo(fileName: string): ResultRecord {
    for (;;) {
      const record = this.append();
      if (record.timeline) {
        const named = { ...record, source: { ...record.source, fileName } };
        this.replace(named);
        return named;
      }
      this.#records.shift();
    }
  }

  /** Puts a record in the place of the one with its id. */
  replace(record: ResultRecord): void {
    this.#records = this.#records.map((one) => (one.id === record.id ? record : one));
  }

  query(filter: HistoryFilter, before: string | undefined, limit: number, groups: boolean): HistoryPage {
    const all = this.matching(filter);
    const counts = new Map<string, number>();
    for (const { picture } of all) counts.set(picture.sha256, (counts.get(picture.sha256) ?? 0) + 1);
    const seen = new Set<string>();
    const isNewest = ({ picture }: ResultRecord) => !seen.has(picture.sha256) && seen.add(picture.sha256);
    const matching = groups ? all.filter(isNewest) : all;
    const start = before === undefined ? 0 : matching.findIndex((record) => record.id < before);
    const records = start < 0 ? [] : matching.slice(start, start + limit);
    const last = records.at(-1);
    const more = start >= 0 && start + limit < matching.length;
    const page = { records, next: more && last ? last.id : null, total: Math.min(all.length, 10_001) };
    if (!groups) return page;
    const sizes = records.map(({ id, picture }): [string, number] => [id, counts.get(picture.sha256) ?? 1]);
    return { ...page, groups: { total: counts.size, sizes: Object.fromEntries(sizes.filter(([, size]) => size > 1)) } };
  }

  matching(filter: HistoryFilter): ResultRecord[] {
    return Object.keys(filter).length === 0 ? this.#records : this.#records.filter((one) => matchesFilter(one, filter));
  }

  facets(): HistoryFacets {
    return {
      sites: counted(this.#records.map((record) => siteOf(record.source.pageUrl) ?? '')),
      packs: counted(this.#records.map(({ pack }) => `${pack.name}@${pack.version}`)),
      tags: [],
    };
  }

  get(id: string): ResultRecord | undefined {
    return this.#records.find((record) => record.id === id);
  }

  setLabel(id: string, label: ResultRecord['label']): void {
    this.#records = this.#records.map((record) => (record.id === id ? { ...record, label } : record));
  }

  delete(what: DeleteRequest): number {
    const gone = new Set('ids' in what ? what.ids : this.matching(what.filter).map((record) => record.id));
    this.#deleted = this.#records.filter((record) => gone.has(record.id));
    this.#records = this.#records.filter((record) => !gone.has(record.id));
    return this.#deleted.length;
  }

  /** Takes the last deletion back. */
  restore(): number {
    const back = this.#deleted;
    this.#deleted = [];
    this.#records = [...this.#records, ...back].sort((a, b) => (a.id < b.id ? 1 : -1));
    return back.length;
  }
}

function counted(values: readonly string[]): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}
