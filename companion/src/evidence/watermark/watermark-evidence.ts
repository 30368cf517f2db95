import type { RawPicture } from '@touchstone/models';
import type { CaptureKind, CapturePath, Evidence } from '@touchstone/shared';
import { finding } from '../finding.ts';
import { canCarryWatermark, messageBits, readBlockBits } from './dwt-dct.ts';
import { KNOWN_MESSAGES } from './known-messages.ts';

/** A message is hidden on purpose and cannot be there by chance; it can be copied on purpose. */
const STRENGTH = 0.96;

/** Ways of capture that keep the file's own pixels; all others scale or compress them again. */
const ORIGINAL: ReadonlySet<CapturePath> = new Set(['original-bytes', 'page-blob', 'file']);

/** Whether what was captured has the pixels of the file itself. */
export const hasOwnPixels = ({ path, kind }: { readonly path: CapturePath; readonly kind: CaptureKind }): boolean =>
  kind === 'image' && ORIGINAL.has(path);

/** Whether a picture's pixels are worth searching: the file's own, and enough of them. */
export function mayCarryWatermark(
  source: { readonly path: CapturePath; readonly kind: CaptureKind },
  { width, height }: Pick<RawPicture, 'width' | 'height'>,
): boolean {
  return hasOwnPixels(source) && canCarryWatermark(width, height);
}

/** Looks for the messages that open generators hide in their pictures. */
export function watermarkEvidence(picture: RawPicture): Evidence[] {
  const blocks = readBlockBits(picture);
  for (const { generator, bits, enough, readings } of KNOWN_MESSAGES) {
    for (const reading of readings) {
      const equal = equalBits(messageBits(blocks[reading], bits.length), bits);
      if (equal < enough) continue;
      const details = { generator, equal, length: bits.length, reading };
      return [finding('metadata', 'ai', STRENGTH, 'watermark-stable-diffusion', details)];
    }
  }
  return [];
}

const equalBits = (found: Uint8Array, message: Uint8Array): number =>
  message.reduce((count, bit, i) => count + (bit === found[i] ? 1 : 0), 0);
