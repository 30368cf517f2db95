import { sourceOfBytes } from '../../containers/byte-source.ts';
import { JPEG_HEAD_BYTES, JPEG_MARKER, jpegSegments } from '../../containers/jpeg-segments.ts';

const SOI_BYTES = 2;
const JFIF = 'JFIF\0';
/** The only major revision that the decoder knows; it reads the others in the same way, and complains. */
const JFIF_MAJOR = 1;

/**
 * A JPEG without what the strict decoder stumbles over and every browser steps over: bytes between the segments before the
 * first scan, as some phones write them, and an unknown revision of JFIF. Image data stays as it is.
 * @returns the same bytes where there is nothing to mend, or where the segments lead nowhere
 */
export function mendJpeg(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Buffer[] = [buffer.subarray(0, SOI_BYTES)];
  let end = SOI_BYTES;
  let mended = false;
  for (const segment of jpegSegments(sourceOfBytes(bytes))) {
    const begin = segment.start - JPEG_HEAD_BYTES;
    if (begin > end) mended = true;
    if (segment.marker === JPEG_MARKER.sos) {
      kept.push(buffer.subarray(begin));
      return mended ? Buffer.concat(kept) : bytes;
    }
    const whole = buffer.subarray(begin, segment.end);
    const revised = isForeignJfif(segment.marker, whole) ? withKnownRevision(whole) : whole;
    if (revised !== whole) mended = true;
    kept.push(revised);
    end = segment.end;
  }
  return bytes;
}

function isForeignJfif(marker: number, segment: Buffer): boolean {
  const name = segment.toString('latin1', JPEG_HEAD_BYTES, JPEG_HEAD_BYTES + JFIF.length);
  return marker === JPEG_MARKER.app0 && name === JFIF && segment[JPEG_HEAD_BYTES + JFIF.length] !== JFIF_MAJOR;
}

function withKnownRevision(segment: Buffer): Buffer {
  const copy = Buffer.from(segment);
  copy[JPEG_HEAD_BYTES + JFIF.length] = JFIF_MAJOR;
  return copy;
}
