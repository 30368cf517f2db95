import { type ByteSource, sourceOfBytes } from './byte-source.ts';

/** Second bytes of markers (ITU-T T.81, table B.1). */
export const JPEG_MARKER = { dqt: 0xdb, sos: 0xda, eoi: 0xd9, app0: 0xe0, app15: 0xef, com: 0xfe } as const;

/** Cameras write about 20 segments, ICC profiles and manifests some dozens more; thousands are made to cost time. */
const MAX_SEGMENTS = 2000;
/**
 * Fill bytes before markers (T.81, B.1.1.2), all together: programs that align segments write a few. Some phones write
 * other bytes between segments, which every decoder steps over up to the next marker.
 */
const MAX_FILL_BYTES = 4096;
/** Marker and length, before a segment's content. */
export const JPEG_HEAD_BYTES = 4;

/** Markers without a length: restart markers and TEM. A second SOI begins another picture. */
const isStandalone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/** Markers that begin a frame: all from 0xc0 to 0xcf but tables and an unused one. */
export const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Where a segment's content lies, behind its length. */
export interface JpegSegment {
  /** Second byte of the marker, for instance 0xe1 for APP1. */
  readonly marker: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Segments of a JPEG up to its first scan (ITU-T T.81, annex B). The last one is the scan's, without content, when every
 * length before it fits; the walk ends without it in a file that is damaged. What lies inside a segment (a thumbnail is
 * a JPEG too) is not walked.
 */
export function* jpegSegments(source: ByteSource): Generator<JpegSegment> {
  let fill = 0;
  let at = 2;
  for (let count = 0; count < MAX_SEGMENTS; ) {
    const head = source.read(at, JPEG_HEAD_BYTES);
    if (head.length < JPEG_HEAD_BYTES) return;
    const marker = head[1] ?? 0;
    // 0xff00 is no marker either.
    if (head[0] !== 0xff || marker === 0xff || marker === 0) {
      if (++fill > MAX_FILL_BYTES) return;
      at++;
      continue;
    }
    count++;
    if (isStandalone(marker)) {
      at += 2;
      continue;
    }
    const start = at + JPEG_HEAD_BYTES;
    if (marker === JPEG_MARKER.sos) {
      yield { marker, start, end: start };
      return;
    }
    const length = head.readUInt16BE(2);
    const end = at + 2 + length;
    if (marker === JPEG_MARKER.eoi || marker === 0xd8 || length < 2 || end > source.size) return;
    yield { marker, start, end };
    at = end;
  }
}

/** A segment with its content: a view, no copy. */
export interface JpegSegmentData {
  readonly marker: number;
  readonly data: Uint8Array;
}

/**
 * All segments before the first scan.
 * @returns `complete` when every length fits and the image data is reached
 */
export function jpegHeader(bytes: Uint8Array): { segments: JpegSegmentData[]; complete: boolean } {
  const segments: JpegSegmentData[] = [];
  for (const { marker, start, end } of jpegSegments(sourceOfBytes(bytes))) {
    if (marker === JPEG_MARKER.sos) return { segments, complete: true };
    segments.push({ marker, data: bytes.subarray(start, end) });
  }
  return { segments, complete: false };
}
