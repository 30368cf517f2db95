import { expect, it } from 'vitest';
import { neighboursOf } from './focus-list.ts';

const order = ['a', 'b', 'c', 'd', 'e'];

it.each([
  ['one in the middle', ['c'], ['d', 'b']],
  ['the last one', ['e'], [undefined, 'd']],
  ['several apart', ['b', 'd'], ['c', 'a']],
  ['all', order, [undefined, undefined]],
  ['one that is not in the list', ['z'], []],
])('the focus goes to the row after what is deleted, else to the one before it: %s', (_, gone, expected) => {
  expect(neighboursOf(order, new Set(gone))).toEqual(expected);
});
