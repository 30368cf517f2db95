/**
 * What pictures a page shows and how their bytes are had. Runs in content scripts; knows nothing of verdicts.
 */
export { rememberContextTarget, targetAtClick, videoAtClick } from './context-target.ts';
export { answerFramePlaces } from './frame-place.ts';
export { type FocusedElement, focusedElement, pictureAtPointer, rememberPointer } from './meant-element.ts';
export { describe } from './picture.ts';
export { readPixels } from './read-pixels.ts';
export { scanPictures } from './scan.ts';
export { screenRect, visibleRect } from './screen-rect.ts';
export { isSamePicture, type ShownPicture, shownPicture } from './shown-picture.ts';
