import { clamp } from './noise.ts';
import type { Scene } from './scenes.ts';

/** Rays of a pixel in each direction: edges are smooth. */
const RAYS = 2;
/** Light to what screens show. */
const GAMMA = 1 / 2.2;
const WHITE = 255;

/** Computes a picture of a scene. @returns side x side x 3 bytes, red first, from the top left */
export function render(scene: Scene, seed: number, side: number): Uint8Array {
  const pixels = new Uint8Array(side * side * 3);
  const place = (at: number, ray: number): number => ((at + (ray + 0.5) / RAYS) / side) * 2 - 1;
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const sum = [0, 0, 0];
      for (let ray = 0; ray < RAYS ** 2; ray += 1) {
        const colour = scene(place(column, ray % RAYS), -place(row, Math.floor(ray / RAYS)), seed);
        for (let part = 0; part < 3; part += 1) sum[part] = (sum[part] ?? 0) + clamp(colour[part] ?? 0);
      }
      const first = (row * side + column) * 3;
      for (let part = 0; part < 3; part += 1) {
        pixels[first + part] = Math.round(WHITE * ((sum[part] ?? 0) / RAYS ** 2) ** GAMMA);
      }
    }
  }
  return pixels;
}
