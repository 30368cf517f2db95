import type { ProvenanceIngredient } from '@touchstone/shared';
import sharp from 'sharp';
import { type PictureFormat, sniffFormat } from '../../intake/sniff.ts';
import type { FoundThumbnail } from './worker-protocol.ts';

/** Longer side of a shown thumbnail, in pixels. */
const SIDE_PIXELS = 128;
const QUALITY = 60;
/** Thumbnails are small pictures; a larger one is not worth its decoding. */
const MAX_THUMBNAIL_PIXELS = 4_000_000;
/** What programs use for thumbnails. Drawings (SVG) above all are left out: a few kB of them can take minutes. */
const FORMATS: ReadonlySet<PictureFormat> = new Set<PictureFormat>(['jpeg', 'png', 'webp']);
/** Of the JPEG, in bytes: what the contract allows after base64. */
const MAX_JPEG_BYTES = 24 * 1024;

/**
 * Puts thumbnails into a tree of ingredients, decoded and encoded anew: nothing of the bytes in the file survives.
 * One that cannot be decoded is left out.
 */
export async function withThumbnails(
  ingredients: readonly ProvenanceIngredient[],
  thumbnails: readonly FoundThumbnail[],
): Promise<ProvenanceIngredient[]> {
  const encoded = await Promise.all(
    thumbnails.map(async ({ path, bytes }) => [path.join('.'), await smallJpeg(bytes)] as const),
  );
  const byPath = new Map(encoded);
  const place = (list: readonly ProvenanceIngredient[], above: readonly number[]): ProvenanceIngredient[] =>
    list.map((ingredient, index) => {
      const path = [...above, index];
      const thumbnail = byPath.get(path.join('.'));
      return { ...ingredient, ...(thumbnail && { thumbnail }), ingredients: place(ingredient.ingredients, path) };
    });
  return place(ingredients, []);
}

async function smallJpeg(bytes: Uint8Array): Promise<string | undefined> {
  try {
    if (!FORMATS.has(sniffFormat(bytes))) return undefined;
    const jpeg = await sharp(bytes, { limitInputPixels: MAX_THUMBNAIL_PIXELS, failOn: 'warning' })
      .resize(SIDE_PIXELS, SIDE_PIXELS, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: QUALITY })
      .toBuffer();
    return jpeg.byteLength <= MAX_JPEG_BYTES ? `data:image/jpeg;base64,${jpeg.toString('base64')}` : undefined;
  } catch {
    return undefined;
  }
}
