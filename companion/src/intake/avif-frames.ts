import { boxesIn, descend } from '../video-file/decoder/boxes.ts';
import { isMovingAvif } from './moving-avif.ts';

const WAY_TO_SIZES = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsz'];
/** Bytes before the number of frames: version, flags and a size for all. */
const COUNT_AT = 8;

/** Frames of an AVIF; at least two where it says that it moves. */
export function avifFrames(bytes: Uint8Array): number {
  if (!isMovingAvif(bytes)) return 1;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const readAt = (position: number, length: number): Buffer => buffer.subarray(position, position + length);
  const [sizes] = descend(readAt, boxesIn, WAY_TO_SIZES, { name: '', start: 0, end: buffer.length });
  const count = sizes && sizes.end - sizes.start >= COUNT_AT + 4 ? buffer.readUInt32BE(sizes.start + COUNT_AT) : 0;
  return Math.max(2, count);
}
