import { type FrameWalk, MOST_DELAYS } from './frame-walk.ts';

const RIFF_BYTES = 12;
const CHUNK_HEAD_BYTES = 8;
/** In the first byte of the extended header. */
const ANIMATED = 0x02;
/** Where a frame's chunk says how long it is shown, 24 bits. */
const DURATION_AT = 12;
const FRAME = 'ANMF';
/** What says something about the picture as a whole. */
const KEPT: ReadonlySet<string> = new Set(['VP8X', 'ICCP', 'ANIM', 'EXIF', 'XMP ']);

/**
 * Walks the chunks of an animated WebP (RIFF container, Google's specification).
 * The decoder's library looks each frame up from the beginning, so that 5 MB of frames cost it half a minute.
 * @returns undefined for a WebP that stands still, or that does not begin as one
 */
export function webpFrames(bytes: Uint8Array): FrameWalk | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isAnimated(buffer)) return undefined;
  const end = buffer.readUInt32LE(4) + CHUNK_HEAD_BYTES;
  const delays: number[] = [];
  const kept: Buffer[] = [];
  const seen = new Set<string>();
  let frames = 0;
  let at = RIFF_BYTES;
  while (at + CHUNK_HEAD_BYTES <= Math.min(end, buffer.length)) {
    const type = buffer.toString('latin1', at, at + 4);
    const size = buffer.readUInt32LE(at + 4);
    const next = at + CHUNK_HEAD_BYTES + size + (size & 1);
    if (type === FRAME) {
      frames++;
      const durationAt = at + CHUNK_HEAD_BYTES + DURATION_AT;
      if (delays.length < MOST_DELAYS && durationAt + 3 <= buffer.length) delays.push(buffer.readUIntLE(durationAt, 3));
    }
    if ((type === FRAME || KEPT.has(type)) && !seen.has(type)) {
      seen.add(type);
      kept.push(buffer.subarray(at, Math.min(next, buffer.length)));
    }
    at = next;
  }
  return { frames, delays, whole: end <= buffer.length && at <= end + 1, first: () => riff(kept) };
}

function isAnimated(buffer: Buffer): boolean {
  const head = buffer.toString('latin1', 0, RIFF_BYTES + 4);
  if (!head.startsWith('RIFF') || !head.endsWith('WEBPVP8X')) return false;
  return ((buffer[RIFF_BYTES + CHUNK_HEAD_BYTES] ?? 0) & ANIMATED) !== 0;
}

function riff(chunks: readonly Buffer[]): Buffer {
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(4 + chunks.reduce((sum, { length }) => sum + length, 0), 4);
  return Buffer.concat([head, ...chunks]);
}
