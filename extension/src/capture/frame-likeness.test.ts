import { describe, expect, it } from 'vitest';
import { isBlack, isSameFrame, likenessOf, PROBE_HEIGHT, PROBE_WIDTH } from './frame-likeness.ts';

const CELLS = PROBE_WIDTH * PROBE_HEIGHT;

const frame = (brightness: (cell: number) => number) => {
  const pixels = new Uint8ClampedArray(CELLS * 4);
  for (let cell = 0; cell < CELLS; cell += 1) pixels.fill(brightness(cell), cell * 4, cell * 4 + 3);
  return likenessOf(pixels);
};
const gradient = (shift: number) => frame((cell) => ((cell % PROBE_WIDTH) * 7 + shift) % 256);

describe('likeness of frames', () => {
  it('takes two encodings of one picture for the same frame', () => {
    expect(
      isSameFrame(
        gradient(0),
        frame((cell) => (cell % PROBE_WIDTH) * 7 + (cell % 9 === 0 ? 1 : 0)),
      ),
    ).toBe(true);
  });

  it('sees a pan, and a change that fills one cell only', () => {
    expect(isSameFrame(gradient(0), gradient(7))).toBe(false);
    expect(
      isSameFrame(
        frame(() => 90),
        frame((cell) => (cell === 300 ? 120 : 90)),
      ),
    ).toBe(false);
  });

  it('knows black from dark', () => {
    expect(isBlack(frame(() => 16))).toBe(true);
    expect(isBlack(frame((cell) => (cell === 40 ? 60 : 8)))).toBe(false);
  });
});
