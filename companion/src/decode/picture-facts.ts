import type { RawPicture } from '@touchstone/models/pixels';
import type { Evidence, FileFact } from '@touchstone/shared';
import { resaveFact } from '../evidence/encoding/encoding-facts.ts';
import { watermarkEvidence } from '../evidence/watermark/watermark-evidence.ts';
import { HASH_SAMPLE_SIDE } from '../intake/perceptual-hash.ts';
import { flatness } from './flatness.ts';
import { encodeThumbnail, greyGrid, makeMiniature } from './miniature.ts';

export interface WantedFacts {
  readonly thumbnail?: boolean;
  /** Hidden marks; of pictures that may carry them. */
  readonly watermark?: boolean;
  /** Earlier saves of a JPEG that is shown as it is stored. */
  readonly resave?: boolean;
}

/** What the decoded pixels say beside what a pack says. */
export interface PixelFacts {
  /** HASH_SAMPLE_SIDE squared bytes of luminance, row by row, stretched to a square. */
  readonly grey: Uint8Array;
  /** 0..1 */
  readonly flatness: number;
  readonly marks: readonly Evidence[];
  readonly saves: readonly FileFact[];
  /** WebP. */
  readonly thumbnail: Uint8Array | undefined;
}

/** @param bytes encoded, from which `picture` was decoded */
export async function pictureFacts(picture: RawPicture, bytes: Uint8Array, wanted: WantedFacts): Promise<PixelFacts> {
  const miniature = makeMiniature(picture);
  const thumbnail = wanted.thumbnail ? encodeThumbnail(miniature) : undefined;
  return {
    grey: greyGrid(miniature, HASH_SAMPLE_SIDE),
    flatness: flatness(miniature),
    // Both need the pixels as the file stores them.
    marks: wanted.watermark ? watermarkEvidence(picture) : [],
    saves: wanted.resave ? resaveFact(bytes, picture) : [],
    thumbnail: await thumbnail,
  };
}
