import { sourceOfBytes } from '../containers/byte-source.ts';
import { pngChunks } from '../containers/png-chunks.ts';

/** Bytes of the number of frames, at the beginning of the chunk that says it. */
const COUNT_BYTES = 4;

/**
 * Frames of a PNG, of which the decoder shows the first alone: an animated one says how many in a chunk before its
 * pixels.
 * @returns 1 for a picture that stands still, or whose chunks make no sense
 */
export function pngFrames(bytes: Uint8Array): number {
  const source = sourceOfBytes(bytes);
  for (const { name, start, end, whole } of pngChunks(source)) {
    if (name === 'IDAT') return 1;
    if (name === 'acTL') {
      return whole && end - start >= COUNT_BYTES ? Math.max(1, source.read(start, COUNT_BYTES).readUInt32BE(0)) : 1;
    }
  }
  return 1;
}
