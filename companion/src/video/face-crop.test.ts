import { describe, expect, it } from 'vitest';
import { cropFace } from './face-crop.ts';

/** Every pixel says where it is: red its column, green its row. */
const picture = {
  width: 250,
  height: 200,
  data: Uint8Array.from({ length: 250 * 200 * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return [pixel % 250, Math.floor(pixel / 250), 0][i % 3] ?? 0;
  }),
};

describe('a face crop', () => {
  it('has a third of the face around it', () => {
    const crop = cropFace(picture, { x: 0.3, y: 0.25, width: 0.4, height: 0.5 });
    expect(crop).toMatchObject({ width: 100 + 68, height: 100 + 68 });
    expect([...(crop?.data.subarray(0, 3) ?? [])]).toEqual([41, 16, 0]);
  });
  it('ends at the edge of the frame', () => {
    const crop = cropFace(picture, { x: 0, y: 0.5, width: 0.5, height: 0.5 });
    expect(crop).toMatchObject({ width: 167, height: 134 });
    expect([...(crop?.data.subarray(-3) ?? [])]).toEqual([166, 199, 0]);
  });
  it('is not made of a face too small to judge', () => {
    expect(cropFace(picture, { x: 0.1, y: 0.1, width: 0.38, height: 0.6 })).toBeUndefined();
  });
});
