import {
  answerFramePlaces,
  describe,
  focusedElement,
  pictureAtPointer,
  readPixels,
  rememberContextTarget,
  rememberPointer,
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
  rememberPointer(signal);
  answerFramePlaces(signal);
  return {
    clicked: targetAtClick,
    clickedVideo: videoAtClick,
    focused: focusedElement,
    pointed: pictureAtPointer,
    address: (element) => describe(element)?.url,
    pixels: readPixels,
    place: screenRect,
    onScreen: ({ x, y, width, height }) => visibleRect({ left: x, top: y, right: x + width, bottom: y + height }),
    scan: scanPictures,
  };
}
