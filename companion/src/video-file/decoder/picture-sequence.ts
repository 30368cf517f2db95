import { majorBrand } from '@touchstone/shared/media';
import { bmffBoxes } from '../../containers/bmff-boxes.ts';
import { sourceOfFile } from '../../containers/byte-source.ts';
import { descend } from '../../containers/part.ts';

/** Boxes that lead to what kind a track is of. */
const WAY_TO_HANDLERS = ['moov', 'trak', 'mdia', 'hdlr'];
/** Bytes before the kind: version, flags and a field that is not used. */
const HANDLER_HEAD = 8;
const PICTURES = 'pict';
const VIDEO = Buffer.from('vide');

/**
 * Tracks of pictures in an animated AVIF, which is an MP4 in all but the name of its tracks' kind.
 * @param file descriptor of a regular file
 * @param size of it in bytes
 * @returns places of the four letters that say so; none in any other file
 */
export function pictureTracks(file: number, size: number): number[] {
  const source = sourceOfFile(file, size);
  if (majorBrand(source.read(0, 12)) !== 'avis') return [];
  const handlers = [...descend(source, bmffBoxes, WAY_TO_HANDLERS)];
  return handlers
    .map(({ start }) => start + HANDLER_HEAD)
    .filter((place) => source.read(place, PICTURES.length).toString('latin1') === PICTURES);
}

/**
 * Lets the demuxer take those tracks for video.
 * @param places as `pictureTracks` gives them
 * @param start where the bytes lie in the file
 * @param bytes changed in place
 */
export function asVideoTracks(places: readonly number[], start: number, bytes: Uint8Array): Uint8Array {
  for (const place of places) {
    for (const [index, letter] of VIDEO.entries()) {
      const at = place + index - start;
      if (at >= 0 && at < bytes.length) bytes[at] = letter;
    }
  }
  return bytes;
}
