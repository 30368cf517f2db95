import { open, readFile } from 'node:fs/promises';
import { MAX_CAPTURE_BYTES, MAX_PIXELS, TouchstoneError } from '@touchstone/shared';
import sharp from 'sharp';
import type { VideoEvent } from './decode-video.ts';
import { frameSize } from './decoder/frame-size.ts';

/** Frames looked at, spread evenly over the animation. */
const MOST_FRAMES = 16;
/** Below this an animation says no more than its first frame, which is then judged as a picture. */
const LEAST = { frames: 6, seconds: 1.5 } as const;
/** What browsers make of a frame without a time. Milliseconds. */
const DEFAULT_DELAY_MS = 100;
/** One frame may take so long: the ones before it are decoded with it. Seconds. */
const FRAME_TIMEOUT_S = 20;

/** An animated GIF or WebP, from its header. */
export interface Animation {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  /** Seconds at which each frame appears. */
  readonly starts: readonly number[];
  /** Seconds. */
  readonly duration: number;
}

/**
 * Reads the header of a picture file.
 * @returns undefined for what is no animation, or one too short to be looked at over time
 */
export async function animationOf(path: string): Promise<Animation | undefined> {
  // Nothing else is shown to the picture library: a video is none of its business.
  if (!(await beginsLikeAnimation(path))) return undefined;
  const header = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  if (!header || (header.format !== 'gif' && header.format !== 'webp')) return undefined;
  const frames = header.pages ?? 1;
  const height = header.pageHeight ?? header.height;
  if (frames < LEAST.frames || header.width * height > MAX_PIXELS) return undefined;
  let milliseconds = 0;
  const starts = Array.from({ length: frames }, (_, index) => {
    const start = milliseconds / 1000;
    milliseconds += header.delay?.[index] || DEFAULT_DELAY_MS;
    return start;
  });
  const duration = milliseconds / 1000;
  return duration < LEAST.seconds
    ? undefined
    : { format: header.format, width: header.width, height, starts, duration };
}

async function beginsLikeAnimation(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  try {
    const head = Buffer.alloc(12);
    await file?.read(head, 0, head.length, 0);
    const words = head.toString('latin1');
    return words.startsWith('GIF8') || (words.startsWith('RIFF') && words.endsWith('WEBP'));
  } finally {
    await file?.close();
  }
}

/**
 * Frames of an animation as a video's, for the same judging over time.
 * @throws TouchstoneError `too-large`, `broken-picture` when not one frame can be decoded, `cancelled`
 */
export async function* decodeAnimation(
  path: string,
  animation: Animation,
  signal?: AbortSignal,
): AsyncGenerator<VideoEvent> {
  const { format, width, height, starts, duration } = animation;
  const bytes = await readFile(path);
  if (bytes.length > MAX_CAPTURE_BYTES) throw new TouchstoneError('too-large');
  const count = Math.min(MOST_FRAMES, starts.length);
  const chosen = Array.from({ length: count }, (_, index) => Math.floor((index * starts.length) / count));
  const facts = { container: format, codec: format, width, height, duration };
  const framesPerSecond = starts.length / duration;
  yield { type: 'opened', facts: { ...facts, framesPerSecond, expectedFrames: count, interval: duration / count } };
  let seen = 0;
  for (const page of chosen) {
    if (signal?.aborted) throw new TouchstoneError('cancelled');
    try {
      const size = frameSize({ width, height }, 1);
      const data = await sharp(bytes, { page, pages: 1, limitInputPixels: MAX_PIXELS, failOn: 'error' })
        .timeout({ seconds: FRAME_TIMEOUT_S })
        .resize({ ...size, fit: 'fill' })
        .flatten({ background: '#fff' })
        .toColourspace('srgb')
        .removeAlpha()
        .raw()
        .toBuffer();
      yield { type: 'frame', time: starts[page] ?? 0, picture: { data, ...size } };
      seen++;
    } catch (cause) {
      // What follows in the file builds on this frame.
      if (seen === 0) throw new TouchstoneError('broken-picture', String(cause).slice(0, 200), { cause });
      yield { type: 'end', damaged: true };
      return;
    }
  }
  yield { type: 'end', damaged: false };
}
