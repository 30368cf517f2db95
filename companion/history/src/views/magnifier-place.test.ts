import { describe, expect, it } from 'vitest';
import { movedBy, placed } from './magnifier-place.ts';

const middle = { x: 0.5, y: 0.5, zoom: 4 };

describe('magnifier', () => {
  it('moves by a quarter of what it shows and stays inside the picture', () => {
    expect(movedBy('ArrowRight', middle)).toEqual({ x: 0.563, y: 0.5, zoom: 4 });
    expect(movedBy('ArrowUp', { ...middle, y: 0.13 })).toEqual({ x: 0.5, y: 0.125, zoom: 4 });
    expect(placed({ x: -3, y: 9, zoom: 2 })).toEqual({ x: 0.25, y: 0.75, zoom: 2 });
  });

  it('zooms in steps to both ends and moves in from the edge when it shows more', () => {
    expect(movedBy('+', middle)?.zoom).toBe(8);
    expect(movedBy('+', { ...middle, zoom: 16 })?.zoom).toBe(16);
    expect(movedBy('-', { x: 0.06, y: 0.5, zoom: 8 })).toEqual({ x: 0.125, y: 0.5, zoom: 4 });
    expect(movedBy('-', { ...middle, zoom: 2 })?.zoom).toBe(2);
  });

  it('leaves other keys alone', () => expect(movedBy('Escape', middle)).toBeUndefined());
});
