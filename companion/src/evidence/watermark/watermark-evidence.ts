import type { RawPicture } from '@touchstone/models';
import type { CaptureKind, CapturePath, Evidence } from '@touchstone/shared';
import { finding } from '../finding.ts';
import { type BlockBits, canCarryWatermark, messageBits, readBlockBits } from './dwt-dct.ts';
import { KNOWN_MESSAGES, type KnownMessage } from './known-messages.ts';

/** A message is hidden on purpose and cannot be there by chance; it can be copied on purpose. */
const STRENGTH = 0.96;

/** Ways of capture that keep the file's own pixels; all others scale or compress them again. */
const ORIGINAL: ReadonlySet<CapturePath> = new Set(['original-bytes', 'page-blob', 'file']);

/** Whether what was captured has the pixels of the file itself. */
export const hasOwnPixels = ({ path, kind }: { readonly path: CapturePath; readonly kind: CaptureKind }): boolean =>
  kind === 'image' && ORIGINAL.has(path);

/** Of 125 marked pictures that were saved as JPEG, 7 kept their mark at quality 95 and none at 90 (docs/evidence.md). */
const LEAST_JPEG_QUALITY = 92;

/**
 * Whether a picture's pixels are worth searching: the file's own, enough of them, and not changed by compression more than a mark bears.
 * @param jpegQuality undefined for other formats
 */
export function mayCarryWatermark(
  source: { readonly path: CapturePath; readonly kind: CaptureKind },
  { width, height }: Pick<RawPicture, 'width' | 'height'>,
  jpegQuality?: number,
): boolean {
  if (jpegQuality !== undefined && jpegQuality < LEAST_JPEG_QUALITY) return false;
  return hasOwnPixels(source) && canCarryWatermark(width, height);
}

/** Blocks that are read first: 31 repetitions of a message of 48 bits, for a quarter of the time. */
const FIRST_BLOCKS = 1_500;

/** Looks for the messages that open generators hide in their pictures. */
export function watermarkEvidence(picture: RawPicture): Evidence[] {
  if (!knownMessage(readBlockBits(picture, FIRST_BLOCKS), hintOf)) return [];
  const found = knownMessage(readBlockBits(picture), ({ enough }) => enough);
  return found ? [finding('metadata', 'ai', STRENGTH, 'watermark-stable-diffusion', found)] : [];
}

/** Equal bits among the first blocks that make the rest worth reading: a third of the way from chance to enough. */
const hintOf = ({ bits, enough }: KnownMessage): number => Math.floor(bits.length / 2 + (enough - bits.length / 2) / 3);

/** @param least equal bits of a message that count */
function knownMessage(blocks: BlockBits, least: (message: KnownMessage) => number) {
  for (const message of KNOWN_MESSAGES) {
    const { generator, bits, readings } = message;
    for (const reading of readings) {
      const equal = equalBits(messageBits(blocks[reading], bits.length), bits);
      if (equal >= least(message)) return { generator, equal, length: bits.length, reading };
    }
  }
  return undefined;
}

const equalBits = (found: Uint8Array, message: Uint8Array): number =>
  message.reduce((count, bit, i) => count + (bit === found[i] ? 1 : 0), 0);
