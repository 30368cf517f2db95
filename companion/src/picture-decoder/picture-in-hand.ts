import { prepareViews, type RawPicture, viewsOf } from '@touchstone/models';
import type { OpenPicture } from '../decode/picture-decoder.ts';
import { releasePixels } from '../decode/release-pixels.ts';
import { cutArea } from '../faces/cut-area.ts';
import { makeMiniature } from '../fingerprint/miniature.ts';
import { pictureFacts } from './picture-facts.ts';

/** A picture whose pixels are here already, such as a frame that the video decoder made. */
export function pictureInHand(picture: RawPicture): OpenPicture {
  return {
    ...viewsOf(picture),
    cut: false,
    halved: false,
    // Marks and saves are those of files; a frame has neither.
    facts: (wanted) => pictureFacts(picture, new Uint8Array(0), wanted),
    miniature: async (longerSide) => makeMiniature(picture, longerSide),
    viewsOfPart: async (area, input) => prepareViews(cutArea(picture, area), input),
    pixels: async () => picture,
    release: () => releasePixels(picture),
  };
}
