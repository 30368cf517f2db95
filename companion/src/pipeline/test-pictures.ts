import sharp, { type Sharp } from 'sharp';

/** Deterministic photograph-like picture: smooth shapes with noise, so that it is neither flat nor noise alone. */
export function testPicture(width = 640, height = 480, seed = 1): Sharp {
  const data = Buffer.alloc(width * height * 3);
  let state = seed * 2654435761;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const wave = Math.sin((x * seed) / 37) + Math.cos(y / (19 + seed)) + Math.sin((x + y) / 71);
      for (let channel = 0; channel < 3; channel++, at++) {
        // Numerical Recipes' linear congruential generator.
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        data[at] = Math.max(0, Math.min(255, 128 + wave * (30 + channel * 8) + (state >>> 27)));
      }
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}
