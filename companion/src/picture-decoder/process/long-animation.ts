import { TouchstoneError } from '@touchstone/shared';
import type { FrameWalk } from '../../containers/frame-walk.ts';
import { gifFrames } from '../../containers/gif-frames.ts';
import { webpFrames } from '../../containers/webp-frames.ts';
import type { PictureFormat } from '../../intake/sniff.ts';

/** More frames than these are not shown to the picture library: it looks each one up, one after the other. */
const LONG = 256;

/**
 * Frames of an animation that is too long for the picture library.
 * @returns undefined for a short one, or what is none
 * @throws TouchstoneError `broken-picture` for a long one that is cut off
 */
export function longAnimation(bytes: Uint8Array, format: PictureFormat): FrameWalk | undefined {
  const walk = format === 'webp' ? webpFrames(bytes) : format === 'gif' ? gifFrames(bytes) : undefined;
  if (!walk || walk.frames <= LONG) return undefined;
  if (!walk.whole) throw new TouchstoneError('broken-picture', 'the animation is cut off');
  return walk;
}
