import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nativeCrops, nativeDetail } from './native-detail.ts';
import type { RawPicture } from './raw-picture.ts';

/** Numbers of training/native_golden.py, which makes the same pictures. */
const golden: readonly {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly amplitude: number;
  readonly fine: number;
  readonly high: number;
  readonly crops: readonly (readonly [number, number])[];
}[] = JSON.parse(readFileSync(new URL('./fixtures/native-golden.json', import.meta.url), 'utf8'));

/** Whole numbers alone, so that every language makes the same: a slope, and noise that grows to the right and the bottom. */
function made({ width, height, amplitude }: { width: number; height: number; amplitude: number }): RawPicture {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        const noise = ((x * 7919 + y * 104_729 + c * 1299) % 257) - 128;
        const here = Math.floor((amplitude * (x + y)) / (width + height));
        data[(y * width + x) * 3 + c] = 128 + Math.floor((noise * here) / 128);
      }
    }
  }
  return { data, width, height };
}

describe('the native detail of a picture', () => {
  it.each(golden)('is that of the training: $name', ({ fine, high, crops, ...size }) => {
    const picture = made(size);
    const found = nativeDetail(picture);
    expect(found.fine).toBeCloseTo(fine, 3);
    expect(found.high).toBeCloseTo(high, 3);
    expect(nativeCrops(picture, 224)).toEqual(crops.map(([top, left]) => ({ top, left })));
  });

  it('is nothing on a plain ground', () => {
    const plain = { data: new Uint8Array(300 * 300 * 3).fill(90), width: 300, height: 300 };
    expect(nativeDetail(plain)).toEqual({ fine: 0, high: 0 });
  });
});

describe('the crops of a native look', () => {
  it('lie inside a picture that is hardly larger, and are its middle where no other fits', () => {
    for (const side of [224, 230, 300]) {
      const picture = made({ width: side, height: side + 9, amplitude: 40 });
      for (const { top, left } of nativeCrops(picture, 224)) {
        expect(top).toBeGreaterThanOrEqual(0);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(top + 224).toBeLessThanOrEqual(side + 9);
        expect(left + 224).toBeLessThanOrEqual(side);
      }
    }
    const tall = made({ width: 700, height: 674, amplitude: 40 });
    for (const { top, left } of nativeCrops(tall, 336)) {
      expect(top + 336).toBeLessThanOrEqual(674);
      expect(left + 336).toBeLessThanOrEqual(700);
    }
    const middle = { top: 3, left: 3 };
    expect(nativeCrops(made({ width: 230, height: 230, amplitude: 40 }), 224)).toEqual([middle, middle]);
  });

  it('find the only place with anything in a picture of which rows are left out', () => {
    const [width, height] = [3_200, 3_000];
    const data = new Uint8Array(width * height * 3).fill(128);
    const spot = made({ width: 300, height: 300, amplitude: 120 });
    for (let row = 0; row < 300; row++) {
      data.set(spot.data.subarray(row * 900, (row + 1) * 900), ((200 + row) * width + 2_400) * 3);
    }
    const busiest = nativeCrops({ data, width, height }, 224)[1];
    expect(Math.abs((busiest?.top ?? 0) - 276)).toBeLessThan(64);
    expect(Math.abs((busiest?.left ?? 0) - 2_476)).toBeLessThan(64);
  });
});
