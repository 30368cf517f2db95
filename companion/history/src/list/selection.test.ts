import { describe, expect, it } from 'vitest';
import { dropFromSelection, extendTo, isSelected, NOTHING_SELECTED, selectAll, toggle } from './selection.ts';

const order = ['e', 'd', 'c', 'b', 'a'];

describe('selection', () => {
  it('extends a range both ways from where it began', () => {
    const start = toggle(NOTHING_SELECTED, 'c', order);
    expect([...extendTo(start, 'a', order).ids].sort()).toEqual(['a', 'b', 'c']);
    expect([...extendTo(start, 'e', order).ids].sort()).toEqual(['c', 'd', 'e']);
    expect([...extendTo(NOTHING_SELECTED, 'b', order).ids]).toEqual(['b']);
  });

  it('keeps what is loaded, less one, when one is taken out of everything', () => {
    const without = toggle(selectAll(), 'c', order);
    expect(without.all).toBe(false);
    expect([...without.ids]).toEqual(['e', 'd', 'b', 'a']);
    expect(isSelected(selectAll(), 'anything')).toBe(true);
  });

  it('starts anew where the start of the range is gone', () => {
    const start = { ids: new Set(['x']), all: false, anchor: 'x' };
    expect([...extendTo(start, 'b', order).ids]).toEqual(['x', 'b']);
    expect([...dropFromSelection(start, new Set(['x'])).ids]).toEqual([]);
  });
});
