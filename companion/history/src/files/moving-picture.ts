/** Bytes that tell a moving picture from others. */
const HEAD_BYTES = 32;
/** Bit of a WebP's first chunk that says that it is animated. */
const WEBP_ANIMATED = 0x02;

/**
 * Whether a picture file may move, by its first bytes: then it is worth being checked over time. A GIF does not say so at
 * its beginning; the companion counts its frames.
 */
export async function mayMove(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const word = (at: number): string => String.fromCharCode(...head.subarray(at, at + 4));
  if (word(0) === 'GIF8') return true;
  if (word(4) === 'ftyp') return word(8) === 'avis';
  return word(0) === 'RIFF' && word(8) === 'WEBP' && word(12) === 'VP8X' && ((head[20] ?? 0) & WEBP_ANIMATED) !== 0;
}
