import type { RawPicture } from '@touchstone/models';
import sharp, { type Sharp } from 'sharp';

/** Longer side of a view, in pixels: as large as a screen shows, and under 1 MB. */
export const VIEW_PIXELS = 1600;

/** sharp on decoded pixels. */
export function openPixels({ data, width, height }: RawPicture): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false });
}

/** Fits a picture into VIEW_PIXELS; never enlarges. */
export function fitted(picture: Sharp): Sharp {
  return picture.resize({ width: VIEW_PIXELS, height: VIEW_PIXELS, fit: 'inside', withoutEnlargement: true });
}

/** A view leaves as WebP without loss: what people compare here are single pixels. */
export function encodeView(picture: Sharp): Promise<Buffer> {
  return picture.webp({ lossless: true, effort: 1 }).toBuffer();
}
