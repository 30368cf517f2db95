import type { PictureSize } from '../intake/picture-header.ts';

/** Shorter side of the frames that leave the decoder, at most. The packs look at 448 pixels at most. */
export const SHORT_SIDE_PIXELS = 720;
/** Longer side, at most: a strip of four to one. */
export const LONG_SIDE_PIXELS = 2880;

/**
 * Size at which a frame leaves the decoder: square pixels, sides at most SHORT_SIDE_PIXELS and LONG_SIDE_PIXELS, never enlarged beyond
 * what the pixel's shape asks for.
 * @param pixelShape width of one pixel divided by its height
 */
export function frameSize({ width, height }: PictureSize, pixelShape: number): PictureSize {
  const shape = Number.isFinite(pixelShape) && pixelShape > 0.1 && pixelShape < 10 ? pixelShape : 1;
  // Widened or heightened, so that no line is lost.
  const square = shape >= 1 ? { width: width * shape, height } : { width, height: height / shape };
  const { width: across, height: down } = square;
  const factor = Math.min(1, SHORT_SIDE_PIXELS / Math.min(across, down), LONG_SIDE_PIXELS / Math.max(across, down));
  const whole = (side: number): number => Math.max(1, Math.round(side * factor));
  return { width: whole(square.width), height: whole(square.height) };
}
