import {
  answerFramePlaces,
  describe,
  readPixels,
  rememberContextTarget,
  scanPictures,
  screenRect,
  targetAtClick,
  videoAtClick,
  visibleRect,
} from '../capture/index.ts';
import type { PagePictures } from './page-pictures.ts';

/** The capture folder, as the content script uses it; listens from the start until the signal aborts. */
export function pagePictures(signal: AbortSignal): PagePictures {
  rememberContextTarget(signal);
  answerFramePlaces(signal);
  return {
    clicked: targetAtClick,
    clickedVideo: videoAtClick,
    address: (element) => describe(element)?.url,
    pixels: readPixels,
    place: screenRect,
    viewport: () => visibleRect({ left: 0, top: 0, right: innerWidth, bottom: innerHeight }),
    scan: scanPictures,
  };
}
