import type { ByteSource } from './byte-source.ts';
import type { Part } from './part.ts';

/** `RIFF`, the length of the form, and its type. */
export const RIFF_HEAD_BYTES = 12;
/** Type and length before a chunk's content. */
export const RIFF_CHUNK_HEAD_BYTES = 8;
/** Animations have one chunk a frame: enough for 18 minutes at 60 a second. */
const MAX_CHUNKS = 65_536;

/** Where the form ends, as it says itself: beyond the file's end in one that is cut off. @returns 0 for what has no head */
export function riffFormEnd(source: ByteSource): number {
  const head = source.read(0, RIFF_HEAD_BYTES);
  return head.length < RIFF_HEAD_BYTES ? 0 : RIFF_CHUNK_HEAD_BYTES + head.readUInt32LE(4);
}

/** Where the next chunk begins: contents are padded to an even length. */
export const afterChunk = ({ end }: Pick<Part, 'end'>): number => end + (end & 1);

/**
 * Chunks of a WebP, side by side inside the length that its form declares (RIFF of 1991; WebP container specification).
 * What follows the declared length is no part of it. Chunks inside the frames of an animation are not walked.
 */
export function* riffChunks(source: ByteSource): Generator<Part> {
  const formEnd = Math.min(source.size, riffFormEnd(source));
  let at = RIFF_HEAD_BYTES;
  for (let count = 0; count < MAX_CHUNKS && at + RIFF_CHUNK_HEAD_BYTES <= formEnd; count++) {
    const head = source.read(at, RIFF_CHUNK_HEAD_BYTES);
    if (head.length < RIFF_CHUNK_HEAD_BYTES) return;
    const start = at + RIFF_CHUNK_HEAD_BYTES;
    const end = start + head.readUInt32LE(4);
    const whole = end <= formEnd;
    const chunk = { name: head.toString('latin1', 0, 4), start, end: Math.min(end, formEnd), whole };
    yield chunk;
    if (!whole) return;
    at = afterChunk(chunk);
  }
}
