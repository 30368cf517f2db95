import { type FrameWalk, MOST_DELAYS } from './frame-walk.ts';

/** Signature and the description of the screen. */
const HEAD_BYTES = 13;
const [EXTENSION, IMAGE, TRAILER] = [0x21, 0x2c, 0x3b];
const GRAPHIC_CONTROL = 0xf9;
/** After its separator: place, size and flags. */
const IMAGE_HEAD_BYTES = 9;
/** GIF counts in hundredths of a second. */
const UNIT_MS = 10;

/**
 * Walks the blocks of a GIF (GIF89a specification).
 * @returns undefined for what does not begin as a GIF
 */
export function gifFrames(bytes: Uint8Array): FrameWalk | undefined {
  if (bytes.length < HEAD_BYTES || bytes[0] !== 0x47 || bytes[1] !== 0x49 || bytes[2] !== 0x46) return undefined;
  const delays: number[] = [];
  let frames = 0;
  let delay = 0;
  let firstEnd = bytes.length;
  let at = HEAD_BYTES + colours(bytes[10] ?? 0);
  let trailer = false;
  while (at < bytes.length && !trailer) {
    const kind = bytes[at];
    if (kind === TRAILER) trailer = true;
    else if (kind === EXTENSION) {
      if (bytes[at + 1] === GRAPHIC_CONTROL) delay = ((bytes[at + 4] ?? 0) | ((bytes[at + 5] ?? 0) << 8)) * UNIT_MS;
      at = afterBlocks(bytes, at + 2);
    } else if (kind === IMAGE) {
      // One byte between the colours and the data says how long the codes are.
      at = afterBlocks(bytes, at + 1 + IMAGE_HEAD_BYTES + colours(bytes[at + IMAGE_HEAD_BYTES] ?? 0) + 1);
      frames++;
      if (frames === 1) firstEnd = at;
      if (delays.length < MOST_DELAYS) delays.push(delay);
      delay = 0;
    } else break;
  }
  return { frames, delays, whole: trailer, first: () => Buffer.concat([bytes.subarray(0, firstEnd), TRAILER_BYTES]) };
}

const TRAILER_BYTES = Uint8Array.of(TRAILER);

/** @returns bytes of the table that the flags announce */
function colours(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** @returns where the chain of data blocks ends, each of which begins with its length; the end of the file at the latest */
function afterBlocks(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const length = bytes[at] ?? 0;
    at += length + 1;
    if (length === 0) break;
  }
  return Math.min(at, bytes.length);
}
