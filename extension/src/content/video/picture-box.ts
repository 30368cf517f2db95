import type { Box } from '../../overlay/place/geometry.ts';
import { type Moving, naturalSize } from './frame-grabber.ts';

/** Where a picture of some proportions lies in a box when it is fitted as CSS `object-fit` says, centred. */
export function fitted(box: Box, natural: { readonly width: number; readonly height: number }, fit: string): Box {
  const { width, height } = natural;
  if (width <= 0 || height <= 0 || fit === 'fill') return box;
  const across = box.width / width;
  const down = box.height / height;
  const contained = Math.min(across, down);
  const scale =
    fit === 'cover'
      ? Math.max(across, down)
      : fit === 'none'
        ? 1
        : fit === 'scale-down'
          ? Math.min(1, contained)
          : contained;
  const size = { width: width * scale, height: height * scale };
  return { x: box.x + (box.width - size.width) / 2, y: box.y + (box.height - size.height) / 2, ...size };
}

/** Where the frames of a player are drawn in the viewport, black bars left out. */
export function shownFrame(element: Moving): Box | undefined {
  if (!element.isConnected) return undefined;
  const { x, y, width, height } = element.getBoundingClientRect();
  const fit = element instanceof HTMLVideoElement ? getComputedStyle(element).objectFit : 'fill';
  return fitted({ x, y, width, height }, naturalSize(element), fit);
}
