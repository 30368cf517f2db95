import { fitted } from '../../overlay/place/fitted.ts';
import type { Box } from '../../overlay/place/geometry.ts';
import { type Moving, naturalSize } from './frame-grabber.ts';

/** Where the frames of a player are drawn in the viewport, black bars left out. */
export function shownFrame(element: Moving): Box | undefined {
  if (!element.isConnected) return undefined;
  const { x, y, width, height } = element.getBoundingClientRect();
  const fit = element instanceof HTMLVideoElement ? getComputedStyle(element).objectFit : 'fill';
  return fitted({ x, y, width, height }, naturalSize(element), fit);
}
