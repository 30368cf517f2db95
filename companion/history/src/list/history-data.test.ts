import { describe, expect, it } from 'vitest';
import { exampleRecord } from './example-record.ts';
import {
  contentsOf,
  type HistoryData,
  newRecords,
  recordsOf,
  rowsTellDeletion,
  sizeOf,
  totalOf,
  withLabel,
  withoutRecords,
  withRecords,
} from './history-data.ts';

const record = (id: string, at = 0) => exampleRecord({ id, at });
const data = (pages: string[][], total = 4): HistoryData => ({
  pages: pages.map((ids, index) => ({ records: ids.map((id) => record(id)), total, next: index < 1 ? 'x' : null })),
  pageParams: pages.map(() => null),
});
const ids = (value: HistoryData) => recordsOf(value).map(({ id }) => id);

describe('live results', () => {
  it('come once, newest first, and only if they match', () => {
    const known = data([
      ['d', 'c'],
      ['b', 'a'],
    ]);
    const uncertain = exampleRecord({
      id: 'h',
      verdict: { value: 'uncertain', probability: 0.5, confidence: 'low', reasons: [], caveats: [] },
    });
    const fresh = newRecords(known, [record('e'), record('g'), record('d'), record('e'), uncertain], {
      verdict: ['fake'],
    });
    expect(fresh.map(({ id }) => id)).toEqual(['g', 'e']);
    const merged = withRecords(known, fresh);
    expect(ids(merged)).toEqual(['g', 'e', 'd', 'c', 'b', 'a']);
    expect(totalOf(merged)).toBe(6);
    expect(newRecords(merged, fresh, {})).toEqual([]);
  });

  it('that are older than the head are left to the next load', () => {
    expect(
      newRecords(
        data([
          ['d', 'c'],
          ['b', 'a'],
        ]),
        [record('aa')],
        {},
      ),
    ).toEqual([]);
  });

  it('land in a list that was empty', () => {
    const merged = withRecords(data([[]], 0), [record('a')]);
    expect([ids(merged), totalOf(merged)]).toEqual([['a'], 1]);
  });

  it('do not pretend to count beyond what the companion counts', () => {
    expect(totalOf(withRecords(data([['a']], 10_001), [record('b')]))).toBe(10_001);
  });
});

describe('rows that stand for a file', () => {
  const of = (id: string, sha256: string) => exampleRecord({ id, picture: { ...exampleRecord().picture, sha256 } });
  const grouped: HistoryData = {
    pages: [
      { records: [of('f', '1'), of('d', '2')], total: 6, next: 'd', groups: { total: 3, sizes: { f: 3 } } },
      { records: [of('b', '3')], total: 6, next: null, groups: { total: 3, sizes: { b: 2 } } },
    ],
    pageParams: [null, 'd'],
  };
  const rows = (value: HistoryData) => recordsOf(value).map(({ id }) => [id, sizeOf(value, id)]);

  it('take in a new check of the same file, on whatever page the row was', () => {
    const merged = withRecords(grouped, [of('h', '4'), of('g', '3')]);
    expect(rows(merged)).toEqual([
      ['h', 1],
      ['g', 3],
      ['f', 3],
      ['d', 1],
    ]);
    expect([totalOf(merged), contentsOf(merged)]).toEqual([8, 4]);
    const twice = withRecords(grouped, [of('h', '5'), of('g', '5')]);
    expect(rows(twice)[0]).toEqual(['h', 2]);
    expect([totalOf(twice), contentsOf(twice)]).toEqual([8, 4]);
  });

  it('go with their only record; of others the companion tells what is left', () => {
    expect(rowsTellDeletion(grouped, ['d'])).toBe(true);
    expect(rowsTellDeletion(grouped, ['d', 'f'])).toBe(false);
    expect(rowsTellDeletion(grouped, ['a'])).toBe(false);
    const rest = withoutRecords(grouped, new Set(['d']));
    expect([totalOf(rest), contentsOf(rest)]).toEqual([5, 2]);
  });

  it('are not those of a list of records', () => {
    expect(contentsOf(data([['a']]))).toBeUndefined();
    expect(rowsTellDeletion(data([['a']]), ['z'])).toBe(true);
  });
});

describe('deletions and labels', () => {
  it('reach every page and leave untouched data as it is', () => {
    const known = data([
      ['d', 'c'],
      ['b', 'a'],
    ]);
    const rest = withoutRecords(known, new Set(['c', 'a', 'zz']));
    expect(ids(rest)).toEqual(['d', 'b']);
    expect(totalOf(rest)).toBe(2);
    expect(withoutRecords(known, new Set(['zz']))).toBe(known);
    expect(withLabel(known, 'zz', 'real')).toBe(known);
    expect(recordsOf(withLabel(known, 'b', 'real')).find(({ id }) => id === 'b')?.label).toBe('real');
  });
});
