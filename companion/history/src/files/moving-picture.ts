import { isAnimatedWebp, majorBrand, pictureKind } from '@touchstone/shared/media';

/** Bytes that tell a moving picture from others. */
const HEAD_BYTES = 32;

/**
 * Whether a picture file may move, by its first bytes: then it is worth being checked over time. A GIF does not say so at
 * its beginning; the companion counts its frames.
 */
export async function mayMove(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  return pictureKind(head) === 'gif' || majorBrand(head) === 'avis' || isAnimatedWebp(head);
}
