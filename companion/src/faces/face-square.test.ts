import { describe, expect, it } from 'vitest';
import { faceSide, faceSquare } from './face-square.ts';

/** Red is the column, green the row. */
const picture = {
  width: 100,
  height: 60,
  data: Uint8Array.from({ length: 100 * 60 * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return i % 3 === 0 ? pixel % 100 : i % 3 === 1 ? Math.floor(pixel / 100) : 0;
  }),
};
const face = { x: 0.4, y: 1 / 3, width: 0.2, height: 1 / 6 };

describe('the square of a face', () => {
  it('lies around its middle, as wide as the longer side asks', () => {
    expect(faceSide(picture, face)).toBeCloseTo(10);
    const square = faceSquare(picture, face, 1.5);
    expect([square.width, square.height, square.data[0], square.data[1]]).toEqual([30, 30, 35, 10]);
  });
  it('ends where the picture ends', () => {
    const square = faceSquare(picture, { x: 0, y: 0, width: 0.2, height: 1 / 6 }, 2);
    expect([square.width, square.height, square.data[0], square.data[1]]).toEqual([30, 25, 0, 0]);
  });
});
