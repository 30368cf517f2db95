import { createHash } from 'node:crypto';
import type { PictureFacts } from '@touchstone/shared';
import type { JudgedFrame } from '../analysis/frame-judge.ts';
import { encodeThumbnail, makeMiniature } from '../fingerprint/miniature.ts';

/** What is kept of a telling frame until the record of its track is written, which must not wait then. */
export interface KeptFrame {
  readonly facts: Omit<PictureFacts, 'frames'>;
  /** Resolves once `thumbnail` has what it will have. Never rejects. */
  readonly encoded: Promise<void>;
  /** WebP; undefined when no pictures are kept, or this one could not be made. */
  thumbnail(): Uint8Array | undefined;
}

/**
 * @param frame its pixels not yet released; they are copied before this returns
 * @param bytes of the frame as it came, a JPEG
 * @param keepPicture false for private windows
 */
export function keepFrame(frame: JudgedFrame, bytes: Uint8Array, keepPicture: boolean): KeptFrame {
  const { width, height, signature, pixels } = frame;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  let thumbnail: Uint8Array | undefined;
  const encode = async (): Promise<void> => {
    // A record without one of its pictures is better than no record.
    thumbnail = await encodeThumbnail(makeMiniature(pixels)).catch(() => undefined);
  };
  return {
    facts: { format: 'jpeg', width, height, bytes: bytes.byteLength, sha256, perceptualHash: signature.hash },
    encoded: keepPicture ? encode() : Promise.resolve(),
    thumbnail: () => thumbnail,
  };
}
