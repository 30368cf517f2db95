import sharp, { type Sharp } from 'sharp';
import type { PictureSize } from '../intake/picture-header.ts';
import { VIEW_PIXELS } from './open-picture.ts';

export interface Tile {
  /** A few letters or digits, drawn above; numbers and symbols are understood in every language. */
  readonly title: string;
  readonly picture: Sharp;
}

/** Space between tiles and height of a title, in pixels. */
const GAP = 8;
const TITLE = 28;

const BACKGROUND = { r: 32, g: 32, b: 32 };

/** Lays tiles of the same proportions side by side, three a row, with their titles. @param proportions of one tile */
export async function sheetOf(tiles: readonly Tile[], { width, height }: PictureSize): Promise<Sharp> {
  const columns = Math.min(3, tiles.length);
  const rows = Math.ceil(tiles.length / columns);
  const factor = Math.min(1, (VIEW_PIXELS / columns - GAP) / width, (VIEW_PIXELS / rows - GAP - TITLE) / height);
  const tile = { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
  const step = { x: tile.width + GAP, y: tile.height + GAP + TITLE };
  const parts = await Promise.all(
    tiles.map(async ({ title, picture }, index) => {
      const left = GAP + (index % columns) * step.x;
      const top = GAP + Math.floor(index / columns) * step.y;
      const input = await picture
        .resize({ ...tile, fit: 'fill', kernel: 'nearest' })
        .png({ compressionLevel: 1 })
        .toBuffer();
      return [
        { input: Buffer.from(titleSvg(title, tile.width)), left, top },
        { input, left, top: top + TITLE },
      ];
    }),
  );
  return sharp({
    create: { width: columns * step.x + GAP, height: rows * step.y + GAP, channels: 3, background: BACKGROUND },
  }).composite(parts.flat());
}

function titleSvg(title: string, width: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${TITLE}"><text x="2" y="20" font-family="sans-serif" font-size="16" fill="#e8e8e8">${title}</text></svg>`;
}
