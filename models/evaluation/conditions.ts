import sharp, { type Sharp } from 'sharp';

/**
 * What happens to pictures on their way through the web, as packs are measured (packs/FORMAT.md and the cards name them).
 * `clean` is the file itself, byte for byte.
 */
export const CONDITIONS = ['clean', 'web', 'hard', 'screenshot', 'double'] as const;
export type Condition = (typeof CONDITIONS)[number];

const MOST_PIXELS = 100_000_000;

function shrunk(bytes: Uint8Array, longerSide: number, kernel: 'lanczos3' | 'linear' = 'lanczos3'): Sharp {
  return sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'none' })
    .rotate()
    .flatten({ background: '#fff' })
    .resize({
      width: longerSide,
      height: longerSide,
      fit: 'inside',
      withoutEnlargement: true,
      kernel,
      fastShrinkOnLoad: false,
    });
}

/**
 * @param bytes an encoded picture
 * @returns the picture under the condition, encoded, and the ending of its file name; undefined for `clean`
 */
export async function underCondition(
  bytes: Uint8Array,
  condition: Condition,
): Promise<{ readonly bytes: Uint8Array; readonly ending: string } | undefined> {
  switch (condition) {
    case 'clean':
      return undefined;
    case 'web':
      return { bytes: await shrunk(bytes, 768).jpeg({ quality: 60 }).toBuffer(), ending: '.jpg' };
    case 'hard':
      return { bytes: await shrunk(bytes, 512).jpeg({ quality: 40 }).toBuffer(), ending: '.jpg' };
    case 'screenshot': {
      const { width = 0, height = 0 } = await sharp(bytes, { limitInputPixels: MOST_PIXELS }).metadata();
      const side = Math.min(900, Math.round(0.9 * Math.max(width, height)));
      return { bytes: await shrunk(bytes, side, 'linear').png().toBuffer(), ending: '.png' };
    }
    case 'double': {
      const once = await shrunk(bytes, 1280).jpeg({ quality: 80 }).toBuffer();
      const { width = 0, height = 0 } = await sharp(once).metadata();
      const side = Math.min(1024, Math.round(0.8 * Math.max(width, height)));
      return { bytes: await shrunk(once, side).jpeg({ quality: 65 }).toBuffer(), ending: '.jpg' };
    }
  }
}
