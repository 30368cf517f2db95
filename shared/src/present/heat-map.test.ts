import { describe, expect, it } from 'vitest';
import { AI_COLOUR, CAMERA_COLOUR, heatPixels } from './heat-map.ts';

describe('heat map', () => {
  it('is orange for AI, blue for a camera, clear where nothing speaks, and stronger with weight', () => {
    const pixels = heatPixels({ columns: 2, rows: 2, values: [1, -0.5, 0.05, 0.5] });
    const cell = (index: number) => [...pixels.slice(index * 4, index * 4 + 4)];
    expect(cell(0).slice(0, 3)).toEqual([...AI_COLOUR]);
    expect(cell(1).slice(0, 3)).toEqual([...CAMERA_COLOUR]);
    expect(cell(2)[3]).toBe(0);
    expect(cell(0)[3]).toBeGreaterThan(cell(3)[3] ?? 255);
    expect(cell(0)[3]).toBeLessThan(255);
  });

  it('leaves cells clear that the answer does not have', () => {
    expect([...heatPixels({ columns: 2, rows: 1, values: [1] }).slice(4)]).toEqual([0, 0, 0, 0]);
  });
});
