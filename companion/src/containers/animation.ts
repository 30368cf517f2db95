import { type FrameWalk, MOST_DELAYS } from './frame-walk.ts';
import { gifFrames } from './gif-frames.ts';
import { webpFrames } from './webp-frames.ts';

/** Below this an animation says no more than its first frame, which is then judged as a picture. */
const LEAST = { frames: 6, seconds: 1.5 } as const;
/** What browsers make of a frame without a time. Milliseconds. */
const DEFAULT_DELAY_MS = 100;

/** An animated GIF or WebP, from its container. */
export interface Animation {
  readonly format: 'gif' | 'webp';
  /** Seconds at which each frame appears. */
  readonly starts: readonly number[];
  /** Seconds. */
  readonly duration: number;
}

/**
 * An animation that is worth looking at over time.
 * @returns undefined for what is none, is too short, or has more than MOST_DELAYS frames: of that the first one is judged
 */
export function animationIn(bytes: Uint8Array): Animation | undefined {
  const webp = webpFrames(bytes);
  const walk = webp ?? gifFrames(bytes);
  return walk && withTimes(webp ? 'webp' : 'gif', walk);
}

function withTimes(format: Animation['format'], { frames, delays }: FrameWalk): Animation | undefined {
  if (frames < LEAST.frames || frames > MOST_DELAYS) return undefined;
  let milliseconds = 0;
  const starts = Array.from({ length: frames }, (_, index) => {
    const start = milliseconds / 1000;
    milliseconds += delays[index] || DEFAULT_DELAY_MS;
    return start;
  });
  const duration = milliseconds / 1000;
  return duration < LEAST.seconds ? undefined : { format, starts, duration };
}
