import { describe, expect, it } from 'vitest';
import { exampleRecord } from '../list/example-record.ts';
import { NOTHING_SELECTED, selectAll } from '../list/selection.ts';
import { chosenRecords, idsBehind } from './chosen-records.ts';

const ofFile = (id: string, file: string) =>
  exampleRecord({ id, picture: { ...exampleRecord().picture, sha256: file.repeat(64) } });

describe('a selection and a case', () => {
  it('puts in the rows that are selected, or all that matches the filter', () => {
    expect(chosenRecords({ ...NOTHING_SELECTED, ids: new Set(['a', 'b']) }, {})).toEqual({ ids: ['a', 'b'] });
    expect(chosenRecords(selectAll(), { tag: ['x'] })).toEqual({ filter: { tag: ['x'] } });
  });

  it('takes out every check that a row stands for, and of other files none', () => {
    const inCase = [ofFile('newest', 'a'), ofFile('other', 'b'), ofFile('older', 'a')];
    expect(idsBehind({ ...NOTHING_SELECTED, ids: new Set(['newest']) }, inCase)).toEqual(['newest', 'older']);
    expect(idsBehind(selectAll(), inCase)).toEqual(['newest', 'other', 'older']);
    expect(idsBehind({ ...NOTHING_SELECTED, ids: new Set(['gone']) }, inCase)).toEqual([]);
  });
});
