import { bmffBoxes } from '../containers/bmff-boxes.ts';
import { sourceOfBytes } from '../containers/byte-source.ts';
import { descend } from '../containers/part.ts';
import { isMovingAvif } from './moving-avif.ts';

const WAY_TO_SIZES = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsz'];
/** Bytes before the number of frames: version, flags and a size for all. */
const COUNT_AT = 8;

/** Frames of an AVIF; at least two where it says that it moves. */
export function avifFrames(bytes: Uint8Array): number {
  if (!isMovingAvif(bytes)) return 1;
  const source = sourceOfBytes(bytes);
  const [sizes] = descend(source, bmffBoxes, WAY_TO_SIZES);
  const stated = sizes && sizes.end - sizes.start >= COUNT_AT + 4 ? source.read(sizes.start + COUNT_AT, 4) : undefined;
  return Math.max(2, stated?.readUInt32BE(0) ?? 0);
}
