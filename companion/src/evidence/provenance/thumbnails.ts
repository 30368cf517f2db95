import type { ProvenanceIngredient } from '@touchstone/shared';
import type { PictureDecoder } from '../../decode/picture-decoder.ts';
import { sniffFormat } from '../../intake/sniff.ts';
import type { FoundThumbnail } from './worker-protocol.ts';

/** Of the JPEG, in bytes: what the contract allows after base64. */
const MAX_JPEG_BYTES = 24 * 1024;

/**
 * Puts thumbnails into a tree of ingredients, decoded and encoded anew: nothing of the bytes in the file survives.
 * One that cannot be decoded is left out.
 */
export async function withThumbnails(
  ingredients: readonly ProvenanceIngredient[],
  thumbnails: readonly FoundThumbnail[],
  decoder: Pick<PictureDecoder, 'thumbnail'>,
): Promise<ProvenanceIngredient[]> {
  const encoded = await Promise.all(
    thumbnails.map(async ({ path, bytes }) => [path.join('.'), await smallJpeg(bytes, decoder)] as const),
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

async function smallJpeg(bytes: Uint8Array, decoder: Pick<PictureDecoder, 'thumbnail'>): Promise<string | undefined> {
  try {
    const jpeg = Buffer.from(await decoder.thumbnail({ bytes, format: sniffFormat(bytes) }));
    return jpeg.byteLength <= MAX_JPEG_BYTES ? `data:image/jpeg;base64,${jpeg.toString('base64')}` : undefined;
  } catch {
    return undefined;
  }
}
