import { describe, expect, it } from 'vitest';
import { NOTHING_SELECTED, selectAll } from '../list/selection.ts';
import { chosenRecords, leavingRecords } from './chosen-records.ts';

describe('a selection and a case', () => {
  it('puts in the rows that are selected, or all that matches the filter', () => {
    expect(chosenRecords({ ...NOTHING_SELECTED, ids: new Set(['a', 'b']) }, {})).toEqual({ ids: ['a', 'b'] });
    expect(chosenRecords(selectAll(), { tag: ['x'] })).toEqual({ filter: { tag: ['x'] } });
  });

  it('takes out every check that a row stands for, or all that matches the filter', () => {
    const rows = { ...NOTHING_SELECTED, ids: new Set(['newest']) };
    expect(leavingRecords(rows, { case: 'c' })).toEqual({ filter: { case: 'c' }, sameAs: ['newest'] });
    expect(leavingRecords(selectAll(), { case: 'c', tag: ['x'] })).toEqual({ filter: { case: 'c', tag: ['x'] } });
  });
});
