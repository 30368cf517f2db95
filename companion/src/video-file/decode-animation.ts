import { open } from 'node:fs/promises';
import { MAX_CAPTURE_BYTES, TouchstoneError, throwIfCancelled } from '@touchstone/shared';
import { pictureKind } from '@touchstone/shared/media';
import { type Animation, animationIn } from '../containers/animation.ts';
import type { OpenAnimation, PictureDecoder } from '../decode/picture-decoder.ts';
import type { VideoEvent } from './decode-video.ts';

/** Frames looked at, spread evenly over the animation. */
const MOST_FRAMES = 16;
/** Decoding a frame decodes those before it: what was seen by then is judged. Milliseconds. */
const DEADLINE_MS = 3 * 60_000;

/**
 * The bytes of a file that may be animated.
 * @returns undefined for what does not begin as GIF or WebP, or is too large for a picture
 */
async function bytesOf(path: string): Promise<Uint8Array | undefined> {
  const file = await open(path).catch(() => undefined);
  try {
    const head = Buffer.alloc(12);
    await file?.read(head, 0, head.length, 0);
    if (!['gif', 'webp'].includes(pictureKind(head) ?? '')) return undefined;
    const size = (await file?.stat())?.size ?? 0;
    return size > MAX_CAPTURE_BYTES ? undefined : await file?.readFile();
  } finally {
    await file?.close();
  }
}

/** Reads the structure of a picture file. @returns undefined for what is no animation worth looking at over time */
export async function animationOf(path: string): Promise<Animation | undefined> {
  const bytes = await bytesOf(path);
  return bytes && animationIn(bytes);
}

/**
 * Opens an animation in the decoder.
 * @returns undefined for what is no animation worth looking at over time
 * @throws TouchstoneError `broken-picture`, `decode-limit`, `cancelled`, `shutting-down`
 */
export async function openAnimation(
  path: string,
  decoder: PictureDecoder,
  signal?: AbortSignal,
): Promise<OpenAnimation | undefined> {
  const bytes = await bytesOf(path);
  if (!bytes) return undefined;
  try {
    return await decoder.openAnimation({ bytes, signal });
  } catch (error) {
    if (error instanceof TouchstoneError && error.code === 'unsupported-format') return undefined;
    throw error;
  }
}

/**
 * Frames of an animation as a video's, for the same judging over time. Releases the animation at the end.
 * @throws TouchstoneError `broken-picture` when not one frame can be decoded, `cancelled`, `shutting-down`
 */
export async function* decodeAnimation(
  { animation, width, height, frame, release }: OpenAnimation,
  signal?: AbortSignal,
): AsyncGenerator<VideoEvent> {
  const { format, starts, duration } = animation;
  const deadline = performance.now() + DEADLINE_MS;
  const count = Math.min(MOST_FRAMES, starts.length);
  const chosen = Array.from({ length: count }, (_, index) => Math.floor((index * starts.length) / count));
  const facts = { container: format, codec: format, width, height, duration };
  const framesPerSecond = starts.length / duration;
  let seen = 0;
  try {
    yield { type: 'opened', facts: { ...facts, framesPerSecond, expectedFrames: count, interval: duration / count } };
    for (const page of chosen) {
      throwIfCancelled(signal);
      if (performance.now() > deadline) break;
      yield { type: 'frame', time: starts[page] ?? 0, picture: await frame(page) };
      seen++;
    }
    yield { type: 'end', damaged: seen < count };
  } catch (error) {
    const ended = error instanceof TouchstoneError && (error.code === 'cancelled' || error.code === 'shutting-down');
    // What follows in the file builds on this frame.
    if (ended || seen === 0) throw error;
    yield { type: 'end', damaged: true };
  } finally {
    release();
  }
}
