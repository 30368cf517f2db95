import { LONG_SIDE_PIXELS, SHORT_SIDE_PIXELS } from '../limits.ts';

export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Size at which a frame leaves the decoder: square pixels, sides at most SHORT_SIDE_PIXELS and LONG_SIDE_PIXELS, never enlarged beyond
 * what the pixel's shape asks for.
 * @param pixelShape width of one pixel divided by its height
 */
export function frameSize({ width, height }: FrameSize, pixelShape: number): FrameSize {
  const shape = Number.isFinite(pixelShape) && pixelShape > 0.1 && pixelShape < 10 ? pixelShape : 1;
  // Widened or heightened, so that no line is lost.
  const square = shape >= 1 ? { width: width * shape, height } : { width, height: height / shape };
  const { width: across, height: down } = square;
  const factor = Math.min(1, SHORT_SIDE_PIXELS / Math.min(across, down), LONG_SIDE_PIXELS / Math.max(across, down));
  const whole = (side: number): number => Math.max(1, Math.round(side * factor));
  return { width: whole(square.width), height: whole(square.height) };
}
