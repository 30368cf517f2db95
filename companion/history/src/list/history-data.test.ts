import { describe, expect, it } from 'vitest';
import { exampleRecord } from './example-record.ts';
import {
  type HistoryData,
  newRecords,
  recordsOf,
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
