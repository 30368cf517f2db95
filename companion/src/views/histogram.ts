import type { RawPicture } from '@touchstone/models';
import sharp, { type Sharp } from 'sharp';
import { openPixels } from './open-picture.ts';

const WIDTH = 1024;
/** Height of one of the four strips: red, green, blue, luminance. */
const STRIP = 150;
/** Space above the bars for the title. */
const TITLE = 24;
const STRIPS = [
  { title: 'R', colour: '#e5484d' },
  { title: 'G', colour: '#30a46c' },
  { title: 'B', colour: '#3e63dd' },
  { title: 'Y', colour: '#bbbbbb' },
] as const;

/** Pixels counted along each side; larger pictures are sampled evenly, never smoothed, so that gaps between levels stay. */
const SAMPLED_SIDE = 1024;

/** How often each level occurs in red, green, blue and luminance: 256 bars each, the highest as high as its strip. */
export async function histogram(picture: RawPicture): Promise<Sharp> {
  const sample = await openPixels(picture)
    .resize({
      width: Math.min(picture.width, SAMPLED_SIDE),
      height: Math.min(picture.height, SAMPLED_SIDE),
      fit: 'fill',
      kernel: 'nearest',
      fastShrinkOnLoad: false,
    })
    .raw()
    .toBuffer();
  const counts = countLevels(sample);
  const height = STRIP * STRIPS.length;
  const strips = STRIPS.map((strip, index) => drawStrip(counts[index] ?? [], strip, index));
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}"><rect width="100%" height="100%" fill="#202020"/>${strips.join('')}</svg>`,
    ),
  );
}

function countLevels(pixels: Uint8Array): number[][] {
  const [red, green, blue, luminance] = [0, 1, 2, 3].map(() => new Uint32Array(256)) as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ];
  const count = (levels: Uint32Array, level: number): void => {
    levels[level] = (levels[level] as number) + 1;
  };
  for (let at = 0; at < pixels.length; at += 3) {
    const [r, g, b] = [pixels[at] as number, pixels[at + 1] as number, pixels[at + 2] as number];
    count(red, r);
    count(green, g);
    count(blue, b);
    count(luminance, Math.round(0.299 * r + 0.587 * g + 0.114 * b));
  }
  return [red, green, blue, luminance].map((levels) => [...levels]);
}

function drawStrip(counts: readonly number[], { title, colour }: (typeof STRIPS)[number], index: number): string {
  const bottom = (index + 1) * STRIP - 2;
  const highest = Math.max(1, ...counts);
  const step = WIDTH / counts.length;
  const bars = counts.map((count, level) => {
    const height = ((count / highest) * (STRIP - TITLE)).toFixed(2);
    return `M${level * step} ${bottom}v-${height}h${step}v${height}z`;
  });
  return `<path d="${bars.join('')}" fill="${colour}"/><text x="6" y="${index * STRIP + 18}" font-family="sans-serif" font-size="16" fill="#e8e8e8">${title}</text>`;
}
