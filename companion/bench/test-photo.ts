import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

/** A portrait, and a picture without any face. Pixels. */
const SAMPLES = {
  portrait: { file: 'astronaut.png', width: 512, height: 512 },
  'still-life': { file: 'coffee.png', width: 600, height: 400 },
} as const;

/** Of the sample that becomes a picture, in pixels. */
const PART = { width: 400, height: 225 };

/**
 * Full-HD JPEGs like those of the web: a sample photograph enlarged, with sensor-like noise, quality 85 (about 600 kB).
 * @param count different pictures, each from another part of the sample
 */
export async function fullHdPhotos(count: number, of: keyof typeof SAMPLES = 'portrait'): Promise<Buffer[]> {
  const { file, width, height } = SAMPLES[of];
  const sample = await readFile(fileURLToPath(new URL(`../assets/samples/${file}`, import.meta.url)));
  const beside = { left: width - PART.width, top: height - PART.height };
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
        .extract({ left: (i * 8) % (beside.left + 1), top: (i * 12) % (beside.top + 1), ...PART })
        .resize(1920, 1080)
        .composite([{ input: noise, blend: 'soft-light' }])
        .jpeg({ quality: 85 })
        .toBuffer(),
    ),
  );
}
