import { describe, expect, it } from 'vitest';
import type { ScreenRect } from '../../messaging/content-messages.ts';
import { intoParent } from './frame-places.ts';
import { cropOf } from './screenshot.ts';

const rect = (x: number, y: number, width: number, height: number, devicePixelRatio = 1): ScreenRect => ({
  x,
  y,
  width,
  height,
  devicePixelRatio,
});

describe('cropOf', () => {
  it('counts in the pixels of the screen', () => {
    expect(cropOf(rect(10, 20, 100, 50, 2), 1600, 1200)).toEqual({ x: 20, y: 40, width: 200, height: 100 });
  });

  it('cuts what hangs over the edges', () => {
    expect(cropOf(rect(-10, -10, 100, 50), 60, 1200)).toEqual({ x: 0, y: 0, width: 60, height: 40 });
  });

  it('gives nothing for what is out of view', () => {
    expect(cropOf(rect(2000, 0, 100, 100), 1600, 1200)).toBeUndefined();
    expect(cropOf(rect(0, 0, 2, 100), 1600, 1200)).toBeUndefined();
  });
});

describe('intoParent', () => {
  it("moves by the frame's place and cuts to its box", () => {
    expect(intoParent(rect(5, 6, 500, 20), { x: 100, y: 200, width: 300, height: 150 })).toEqual(
      rect(105, 206, 295, 20),
    );
  });
});
