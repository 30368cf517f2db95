/** Three numbers: a place, a direction or a colour, whose parts lie in 0..1. */
export type Three = readonly [number, number, number];

export const add = (a: Three, b: Three): Three => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const times = (a: Three, by: number): Three => [a[0] * by, a[1] * by, a[2] * by];
export const dot = (a: Three, b: Three): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const length = (a: Three): number => Math.sqrt(dot(a, a));
export const unit = (a: Three): Three => times(a, 1 / (length(a) || 1));
/** From one colour to another. @param share 0 the first, 1 the second */
export const mix = (a: Three, b: Three, share: number): Three => add(times(a, 1 - share), times(b, share));
export const clamp = (value: number, low = 0, high = 1): number => Math.min(high, Math.max(low, value));
/** 0 below `from`, 1 above `to`, smooth between. */
export function smooth(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from));
  return t * t * (3 - 2 * t);
}

/** A number in 0..1 that a place on the grid always has: no table, no library, the same on every machine. */
export function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1) ^ Math.imul(seed | 0, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** Value noise, 0..1: smooth between the places of the grid. */
export function noise(x: number, y: number, seed: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [smooth(0, 1, x - left), smooth(0, 1, y - top)];
  const above = hash(left, top, seed) * (1 - u) + hash(left + 1, top, seed) * u;
  const below = hash(left, top + 1, seed) * (1 - u) + hash(left + 1, top + 1, seed) * u;
  return above * (1 - v) + below * v;
}

/** Octaves of noise, each half as high and twice as fine, 0..1. */
export function octaves(x: number, y: number, seed: number, count = 5): number {
  let [sum, height, whole] = [0, 1, 0];
  for (let octave = 0; octave < count; octave += 1) {
    sum += height * noise(x * 2 ** octave, y * 2 ** octave, seed + octave);
    whole += height;
    height /= 2;
  }
  return sum / whole;
}

/** A colour that is told by an angle: bright and never grey (cosine palette). */
export function paletteColour(angle: number, seed: number): Three {
  const wave = (part: number): number =>
    0.5 + 0.42 * Math.cos(2 * Math.PI * (angle + hash(part, 7, seed) * 0.6 + part / 3));
  return [wave(0), wave(1), wave(2)];
}
