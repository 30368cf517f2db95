import { expect, it } from 'vitest';
import { partStyle } from './thumbnail.tsx';

const viewport = { width: 1000, height: 800 };
const styleOf = (x: number, y: number, width: number, height: number) =>
  partStyle({ image: 'data:image/jpeg;base64,AA', place: { x, y, width, height, viewport } });

/** The part of the whole that a background of this size and place shows, in shares of the whole. */
function seen({ backgroundSize, backgroundPosition }: ReturnType<typeof partStyle>) {
  const shares = (text: unknown) =>
    String(text)
      .split(' ')
      .map((one) => Number.parseFloat(one) / 100);
  return shares(backgroundSize).map((size, axis) => {
    const start = (shares(backgroundPosition)[axis] ?? 0) * (1 - 1 / size);
    return [start, 1 / size].map((share) => Math.round(share * 1000) / 1000);
  });
}

it.each([
  [100, 200, 300, 200],
  [0, 0, 50, 400],
  [900, 700, 100, 100],
  [0, 300, 1000, 500],
])('a small copy shows the part at %i, %i of %i x %i, and nothing beside it', (x, y, width, height) => {
  const style = styleOf(x, y, width, height);
  expect(seen(style)).toEqual([
    [x / 1000, width / 1000],
    [y / 800, height / 800],
  ]);
  expect(Number(style.width) / Number(style.height)).toBeCloseTo(width / height);
  expect(Math.max(Number(style.width), Number(style.height))).toBe(40);
});
