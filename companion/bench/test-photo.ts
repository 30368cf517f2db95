import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const SAMPLE = fileURLToPath(new URL('../assets/samples/astronaut.png', import.meta.url));

/** Of the sample that becomes a picture, and how much of the sample there is beside it, in pixels. */
const PART = { width: 400, height: 225 };
const BESIDE = { left: 512 - PART.width, top: 512 - PART.height };

/**
 * Full-HD JPEGs like those of the web: a sample photograph enlarged, with sensor-like noise, quality 85 (about 600 kB).
 * @param count different pictures, each from another part of the sample
 */
export async function fullHdPhotos(count: number): Promise<Buffer[]> {
  const sample = await readFile(SAMPLE);
  const noise = await sharp({
    create: {
      width: 1920,
      height: 1080,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 6 },
    },
  })
    .png()
    .toBuffer();
  return Promise.all(
    Array.from({ length: count }, (_, i) =>
      sharp(sample)
        .extract({ left: (i * 8) % (BESIDE.left + 1), top: (i * 12) % (BESIDE.top + 1), ...PART })
        .resize(1920, 1080)
        .composite([{ input: noise, blend: 'soft-light' }])
        .jpeg({ quality: 85 })
        .toBuffer(),
    ),
  );
}
