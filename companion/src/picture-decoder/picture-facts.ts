import type { RawPicture } from '@touchstone/models/pixels';
import type { PixelFacts, WantedFacts } from '../decode/picture-decoder.ts';
import { resaveFact } from '../evidence/encoding/encoding-facts.ts';
import { watermarkEvidence } from '../evidence/watermark/watermark-evidence.ts';
import { flatness } from '../fingerprint/flatness.ts';
import { encodeThumbnail, greyGrid, makeMiniature } from '../fingerprint/miniature.ts';
import { HASH_SAMPLE_SIDE } from '../fingerprint/perceptual-hash.ts';

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
