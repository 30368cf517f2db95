import { sourceOfBytes } from './byte-source.ts';
import { type FrameWalk, MOST_DELAYS } from './frame-walk.ts';
import { GIF_EXTENSION, gifBlocks } from './gif-blocks.ts';

/** Where a graphic control extension says how long the image behind it is shown, in hundredths of a second. */
const DELAY_AT = 4;
const UNIT_MS = 10;
const TRAILER = Uint8Array.of(0x3b);

/**
 * Frames of a GIF.
 * @returns undefined for what does not begin as a GIF
 */
export function gifFrames(bytes: Uint8Array): FrameWalk | undefined {
  const delays: number[] = [];
  let frames = 0;
  let delay = 0;
  let firstEnd = bytes.length;
  let trailer = false;
  let begun = false;
  for (const { kind, label, start, end } of gifBlocks(sourceOfBytes(bytes))) {
    begun = true;
    if (kind === 'trailer') trailer = true;
    if (kind === 'extension' && label === GIF_EXTENSION.graphicControl) {
      delay = ((bytes[start + DELAY_AT] ?? 0) | ((bytes[start + DELAY_AT + 1] ?? 0) << 8)) * UNIT_MS;
    }
    if (kind !== 'image') continue;
    frames++;
    if (frames === 1) firstEnd = end;
    if (delays.length < MOST_DELAYS) delays.push(delay);
    delay = 0;
  }
  if (!begun) return undefined;
  return { frames, delays, whole: trailer, first: () => Buffer.concat([bytes.subarray(0, firstEnd), TRAILER]) };
}
