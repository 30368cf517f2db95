import { isAnimatedWebp } from '@touchstone/shared/media';
import { sourceOfBytes } from './byte-source.ts';
import { type FrameWalk, MOST_DELAYS } from './frame-walk.ts';
import { afterChunk, RIFF_CHUNK_HEAD_BYTES, RIFF_HEAD_BYTES, riffChunks, riffFormEnd } from './riff-chunks.ts';

/** Where a frame's chunk says how long it is shown, 24 bits. */
const DURATION_AT = 12;
const FRAME = 'ANMF';
/** What says something about the picture as a whole. */
const KEPT: ReadonlySet<string> = new Set(['VP8X', 'ICCP', 'ANIM', 'EXIF', 'XMP ']);

/**
 * Frames of an animated WebP.
 * The decoder's library looks each frame up from the beginning, so that 5 MB of frames cost it half a minute.
 * @returns undefined for a WebP that stands still, or that does not begin as one
 */
export function webpFrames(bytes: Uint8Array): FrameWalk | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isAnimatedWebp(bytes)) return undefined;
  const source = sourceOfBytes(bytes);
  const delays: number[] = [];
  const kept: Buffer[] = [];
  const seen = new Set<string>();
  let frames = 0;
  let at = RIFF_HEAD_BYTES;
  let cut = false;
  for (const chunk of riffChunks(source)) {
    const { name, start, whole } = chunk;
    cut = !whole;
    at = afterChunk(chunk);
    if (name === FRAME) {
      frames++;
      const duration = source.read(start + DURATION_AT, 3);
      if (delays.length < MOST_DELAYS && duration.length === 3) delays.push(duration.readUIntLE(0, 3));
    }
    if ((name === FRAME || KEPT.has(name)) && !seen.has(name)) {
      seen.add(name);
      kept.push(buffer.subarray(start - RIFF_CHUNK_HEAD_BYTES, Math.min(at, buffer.length)));
    }
  }
  const end = riffFormEnd(source);
  const reached = at + RIFF_CHUNK_HEAD_BYTES > end;
  return { frames, delays, whole: !cut && end <= buffer.length && reached, first: () => riff(kept) };
}

function riff(chunks: readonly Buffer[]): Buffer {
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(4 + chunks.reduce((sum, { length }) => sum + length, 0), 4);
  return Buffer.concat([head, ...chunks]);
}
