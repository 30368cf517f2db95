import type { RawPicture } from '@touchstone/models/pixels';
import type { PixelFacts, WantedFacts } from '../decode/picture-decoder.ts';
import { resaveFact } from '../evidence/encoding/encoding-facts.ts';
import { hiddenTextEvidence } from '../evidence/hidden-text/hidden-text-evidence.ts';
import { watermarkEvidence } from '../evidence/watermark/watermark-evidence.ts';
import { flatness } from '../fingerprint/flatness.ts';
import { encodeThumbnail, greyGrid, makeMiniature } from '../fingerprint/miniature.ts';
import { HASH_SAMPLE_SIDE } from '../fingerprint/perceptual-hash.ts';
import { alphaPlane } from './process/alpha-plane.ts';

/** @param bytes encoded, from which `picture` was decoded */
export async function pictureFacts(picture: RawPicture, bytes: Uint8Array, wanted: WantedFacts): Promise<PixelFacts> {
  const miniature = makeMiniature(picture);
  const thumbnail = wanted.thumbnail ? encodeThumbnail(miniature) : undefined;
  return {
    grey: greyGrid(miniature, HASH_SAMPLE_SIDE),
    flatness: flatness(miniature),
    // All need the pixels as the file stores them.
    marks: [
      ...(wanted.watermark ? watermarkEvidence(picture) : []),
      ...(wanted.hiddenText ? hiddenTextEvidence({ alpha: await alphaPlane(bytes), colours: picture }) : []),
    ],
    saves: wanted.resave ? resaveFact(bytes, picture) : [],
    thumbnail: await thumbnail,
  };
}
